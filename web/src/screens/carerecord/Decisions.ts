export { DecisionSheet } from "./DecisionSheet";
export { ReceiptSheet } from "./ReceiptSheet";
export { LinkPatientSheet } from "../patient/LinkPatientSheet";
export { ActionsSheet, WhoSheet } from "../timeline/ActionsSheet";
