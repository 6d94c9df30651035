import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Urgent")> => import("./Urgent");

export const useUrgent = () => useLater(load);
