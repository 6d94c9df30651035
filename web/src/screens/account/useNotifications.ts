import { useLater } from "../app/useLater";

const load = (): Promise<typeof import("./Notifications")> => import("./Notifications");

/** A piece of its own: the first screens do not wait for it. */
export const useNotifications = () => useLater(load);
