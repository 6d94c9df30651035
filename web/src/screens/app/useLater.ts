import { useEffect, useState } from "preact/hooks";

const AGAIN_MS = 3_000;

/**
 * A piece of the app that is fetched once the screen that may want it is there. On a phone that has
 * the app, the service worker holds all of them: nothing waits for a network. Elsewhere a network that
 * went away half way is tried again.
 */
export function useLater<M extends object>(load: () => Promise<M>, wanted = true): M | null {
  const [module, setModule] = useState<M | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let again: ReturnType<typeof setTimeout> | undefined;
    const fetched = (): void =>
      void load().then(
        (loaded) => setModule(() => loaded),
        () => (again = setTimeout(fetched, AGAIN_MS)),
      );
    fetched();
    return () => clearTimeout(again);
  }, [wanted]);
  return module;
}
