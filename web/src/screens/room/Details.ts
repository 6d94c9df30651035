/** All about one conversation: fetched once the app is open. */
export { DetailsScreen } from "./DetailsScreen";
export { RoomDetailsModel } from "../../model/roomDetails";
