/** Showing pictures and files: fetched with the first that comes. */
export { MediaView, SmallPicture } from "./MediaView";
export { ViewerSheet } from "./ViewerSheet";
