import { useLater } from "../app/useLater";

const camera = (): Promise<typeof import("./Camera")> => import("./Camera");
const viewer = (): Promise<typeof import("./Viewer")> => import("./Viewer");

const enclosed = (): Promise<typeof import("./Enclosed")> => import("./Enclosed");

export const useEnclosed = () => useLater(enclosed);
export const useCamera = () => useLater(camera);
export const useViewer = () => useLater(viewer);
