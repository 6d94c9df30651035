export { DecisionSheet } from "./DecisionSheet";
export { ReceiptSheet } from "./ReceiptSheet";
