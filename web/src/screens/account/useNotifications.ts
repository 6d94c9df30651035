import { useEffect, useState } from "preact/hooks";

type Module = typeof import("./Notifications");

/** A piece of its own: the first screens do not wait for it. */
export function useNotifications(): Module | null {
  const [module, setModule] = useState<Module | null>(null);
  useEffect(() => void import("./Notifications").then((loaded) => setModule(() => loaded)), []);
  return module;
}
