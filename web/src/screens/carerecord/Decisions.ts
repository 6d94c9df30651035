export { DecisionSheet } from "./DecisionSheet";
export { Source } from "./Source";
export { ReceiptSheet } from "./ReceiptSheet";
export { LinkPatientSheet } from "../patient/LinkPatientSheet";
export { ActionsSheet, WhoSheet } from "../timeline/ActionsSheet";
