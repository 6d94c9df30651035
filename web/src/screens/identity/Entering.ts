/** The way in, until a phone has a vault: fetched by those who have none here. */
export { Lost } from "../handset/Lost";
export { SignInScreen } from "./SignInScreen";
