/** Voice notes and documents: fetched with the first conversation. */
export { EncloseButtons } from "./EncloseButtons";
export { EnclosedSheet } from "./EnclosedSheet";
export { EnclosedView } from "./EnclosedView";
