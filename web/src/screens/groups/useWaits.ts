import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Waits")> => import("./Waits");

export const useWaits = () => useLater(load);
