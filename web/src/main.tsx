import { Api } from "./engine/api";
import { PhoneSession } from "./model/phone/phoneSession";
import { handsetServer, signInServer } from "./platform/lanyardServer";
import { browserPhone } from "./platform/phone";

const phone = browserPhone();
const api = new Api(phone.homeserver);
const session = new PhoneSession(phone, { signIn: signInServer(api), handset: handsetServer(api) });
void session.start();
