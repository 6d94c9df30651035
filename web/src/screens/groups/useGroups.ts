import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Groups")> => import("./Groups");

export const useGroups = (wanted = true) => useLater(load, wanted);
