/** Taking a picture: fetched when somebody wants to. */
export { CameraSheet } from "./CameraSheet";
