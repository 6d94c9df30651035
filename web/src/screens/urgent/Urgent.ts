/** Urgent messages and who is on call: fetched once the app is open. */
export { AlarmView } from "./AlarmView";
export { AvailabilityScreen } from "./AvailabilityScreen";
export { BoardScreen } from "./BoardScreen";
export { OnCallScreen } from "./OnCallScreen";
export { UrgentSheet } from "./UrgentSheet";
