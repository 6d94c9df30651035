/** Showing pictures and files: fetched with the first that comes. */
export { MediaView } from "./MediaView";
export { ViewerSheet } from "./ViewerSheet";
