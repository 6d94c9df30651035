import { useEffect, useState } from "preact/hooks";

/**
 * A piece of the app that is fetched once the screen that may want it is there. On a phone that has
 * the app, the service worker holds all of them: nothing waits for a network.
 */
export function useLater<M extends object>(load: () => Promise<M>, wanted = true): M | null {
  const [module, setModule] = useState<M | null>(null);
  useEffect(() => {
    if (wanted) void load().then((loaded) => setModule(() => loaded));
  }, [wanted]);
  return module;
}
