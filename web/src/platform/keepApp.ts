import { registerServiceWorker } from "./trusted";

let asked = false;

/** Registers the service worker once; `ready` is told of each newer one that waits. */
export function keepApp(ready: () => void): void {
  if (asked || import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  asked = true;
  void register(ready);
}

async function register(ready: () => void): Promise<void> {
  const registration = await registerServiceWorker("/sw.js").catch(() => null);
  if (!registration) return;
  const told = () => {
    if (registration.waiting && navigator.serviceWorker.controller) ready();
  };
  told();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", told);
  });
}

export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  void navigator.serviceWorker
    .getRegistration()
    .then((registration) => registration?.waiting?.postMessage("take over"));
}
