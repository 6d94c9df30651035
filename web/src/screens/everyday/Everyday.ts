import { everydayWords } from "../../i18n/everyday";

export { JobSheet } from "./AddSheet";
export { Above, Below } from "./Beside";
export { FirstMinute } from "./FirstMinute";
export { ForwardSheet } from "./ForwardSheet";
export { JobsScreen } from "./JobsScreen";
export { MessageActions } from "./MessageActions";
export { MisdirectedSheet } from "./MisdirectedSheet";
export { MoreSheet } from "./MoreSheet";
export { OutboxScreen } from "./OutboxScreen";
export { PinnedLine } from "./PinnedLine";
export { SearchScreen } from "./SearchScreen";
export { AboutBar, Names, WrongPlaceSheet } from "./Writing";

/** Of a message that was looked for in vain. */
export const tooFar = (): string => everydayWords().tooFar;
