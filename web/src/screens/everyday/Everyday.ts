export { Above, Below } from "./Beside";
export { ForwardSheet } from "./ForwardSheet";
export { JobsScreen } from "./JobsScreen";
export { MessageActions } from "./MessageActions";
export { MoreSheet } from "./MoreSheet";
export { OutboxScreen } from "./OutboxScreen";
export { PinnedLine } from "./PinnedLine";
export { SearchScreen } from "./SearchScreen";
export { AboutBar, Names, WrongPlaceSheet } from "./Writing";
