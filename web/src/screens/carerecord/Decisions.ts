export { DecisionSheet } from "./DecisionSheet";
export { ReceiptSheet } from "./ReceiptSheet";
export { ActionsSheet, WhoSheet } from "../timeline/ActionsSheet";
