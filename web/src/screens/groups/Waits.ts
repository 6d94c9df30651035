/** Reviews that wait for this person: fetched once the app is open. */
export { DueReviews, DueReviewsScreen } from "./DueReviews";
