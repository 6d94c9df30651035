/** Me and what belongs to it: fetched once the app is open. */
export { OfferSheet } from "../handset/OfferSheet";
export { KeysElsewhere } from "./KeysElsewhere";
export { AppsScreen } from "./AppsScreen";
export { MeScreen } from "./MeScreen";
export { SearchesScreen } from "./SearchesScreen";
export { VerificationSheet } from "./Verification";
