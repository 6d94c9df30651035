/** Finding people and beginning conversations: fetched once the app is open. */
export { AddColleagueScreen } from "../room/AddColleagueScreen";
export { NewConversationScreen } from "../room/NewConversationScreen";
export { DirectoryScreen } from "./DirectoryScreen";
export { NewConversationModel } from "../../model/newConversation";
export { PersonScreen } from "./PersonScreen";
