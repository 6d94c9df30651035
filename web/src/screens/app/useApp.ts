import { createContext } from "preact";
import { useContext, useEffect, useMemo } from "preact/hooks";
import type { App } from "../../model/app";

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("a screen outside the app");
  return app;
}

/** A view model that lives as long as its screen; `start` may answer how to stop it. */
export function useModel<M>(
  make: (app: App) => M,
  start?: (model: M) => (() => void) | void,
  key = "",
): M {
  const app = useApp();
  const model = useMemo(() => make(app), [app, key]);
  useEffect(() => start?.(model), [model]);
  return model;
}
