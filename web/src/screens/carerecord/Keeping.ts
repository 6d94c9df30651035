/** The owner's answer before the first messages go: fetched where it is wanted, which is seldom. */
export { KeepingSheet } from "./KeepingSheet";
export { KeepingStrip } from "./KeepingStrip";
