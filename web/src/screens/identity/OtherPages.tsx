/** What only those see whom another app sent here: fetched when it is wanted. */
export { AccountView } from "./AccountView";
export { Consent, LinkCode } from "./Consent";
