/** Who is in a conversation, when that is looked at again: fetched once it is wanted. */
export { Reviewing } from "./ReviewScreen";
export { AddingRota } from "./RotaScreen";
export { AddingTeam } from "./TeamScreen";
export { PostingStrip } from "./PostingStrip";
export { WithheldStrip } from "./WithheldStrip";
