import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Safety")> => import("./Safety");

/** What few open, and then not often. */
export const useSafety = (wanted = true) => useLater(load, wanted);
