import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Details")> => import("./Details");

export const useDetails = () => useLater(load);
