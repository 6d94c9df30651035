import type { NotificationsPort, Permission } from "../model/notifications";
import type { PushSubscriptionKeys } from "../engine/words";
import { IndexedShelf } from "./shelf";

/** A browser without a push service of its own never answers. */
const PATIENCE_MS = 20_000;
const POSTPONED = "notifications not now";

/** Of the browser the page runs in. */
export const browserNotifications: NotificationsPort = {
  permission,
  ask: async () => {
    await Notification.requestPermission();
    return permission();
  },
  subscription: async () => {
    const held = await (await registered())?.pushManager.getSubscription();
    return held ? keysOf(held) : null;
  },
  subscribe: async (serverKey) => {
    // Right after the set-up it is still being installed.
    const { pushManager: manager } = await within(PATIENCE_MS, navigator.serviceWorker.ready);
    // One that was made for another server's key cannot be used.
    await (await manager.getSubscription())?.unsubscribe();
    const made = manager.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey });
    return keysOf(await within(PATIENCE_MS, made));
  },
  unsubscribe: async () => {
    await (await (await registered())?.pushManager.getSubscription())?.unsubscribe();
  },
  isPostponed: async () => (await onShelf((shelf) => shelf.read(POSTPONED))) === true,
  postpone: () => onShelf((shelf) => shelf.write(POSTPONED, true)),
};

/** Let go at once: a wipe deletes it. */
async function onShelf<T>(work: (shelf: IndexedShelf) => Promise<T>): Promise<T> {
  const shelf = new IndexedShelf();
  return work(shelf).finally(() => void shelf.close());
}

function permission(): Permission {
  if (!("Notification" in window) || !("PushManager" in window)) {
    return /iPhone|iPad/.test(navigator.userAgent) && !isInstalled()
      ? "not_installed"
      : "unsupported";
  }
  if (Notification.permission === "default") return "not_asked";
  return Notification.permission;
}

export function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker?.getRegistration();
}

function keysOf(subscription: PushSubscription): PushSubscriptionKeys {
  const { endpoint, keys } = subscription.toJSON();
  return {
    endpoint: endpoint ?? "",
    keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" },
  };
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("The push service did not answer.")), ms);
    work.then(resolve, reject);
  });
}
