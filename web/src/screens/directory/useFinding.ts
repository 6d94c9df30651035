import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Finding")> => import("./Finding");

/** The list is painted first; who looks for somebody has it by then. */
export const useFinding = () => useLater(load);
