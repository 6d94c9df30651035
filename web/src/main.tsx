import { render } from "preact";
import { Api } from "./engine/api";
import { Navigation, startAtTheList } from "./model/navigation";
import { PhoneSession } from "./model/phone/phoneSession";
import { backGesture } from "./platform/backGesture";
import { handsetServer, signInServer } from "./platform/lanyardServer";
import { browserPhone } from "./platform/phone";
import { browserSurroundings } from "./platform/surroundings";
import { AppView } from "./screens/app/AppView";
import "./styles/app.scss";

const phone = browserPhone();
const api = new Api(phone.homeserver);
const session = new PhoneSession(phone, { signIn: signInServer(api), handset: handsetServer(api) });
const navigation = new Navigation(backGesture());
startAtTheList(navigation, session);
const place = document.getElementById("app");
if (place) {
  render(<AppView app={{ session, navigation, surroundings: browserSurroundings() }} />, place);
}
void session.start();
