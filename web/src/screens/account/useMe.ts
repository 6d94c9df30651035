import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Me")> => import("./Me");

/** Not what anybody opens the app for: the list does not wait for it. */
export const useMe = () => useLater(load);
