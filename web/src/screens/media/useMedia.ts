import { useLater } from "../app/useLater";

const camera = (): Promise<typeof import("./Camera")> => import("./Camera");
const viewer = (): Promise<typeof import("./Viewer")> => import("./Viewer");

export const useCamera = () => useLater(camera);
export const useViewer = () => useLater(viewer);
