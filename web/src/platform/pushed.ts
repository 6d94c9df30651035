/// <reference lib="webworker" />
/**
 * What the service worker does when something is pushed: it shows one of two constant texts,
 * whatever arrives, and a tap opens the app. No code of the page is imported here: the browser
 * starts this file alone.
 */
export type Told = "message" | "urgent";

/** The server's `Alert`, by the tag it sends; anything else is an ordinary message. */
const URGENT = "lanyard-urgent";

const TEXTS = {
  en: { message: "You have a new message", urgent: "You have an urgent message" },
  cy: { message: "Mae gennych neges newydd", urgent: "Mae gennych neges frys" },
} as const;

export type Shown = NotificationOptions & { renotify: boolean; navigate: string };

/** `navigate` is for browsers that open the app without asking us. */
export function shown(told: Told, language: unknown, origin: string): [string, Shown] {
  const lang = language === "cy" ? "cy" : "en";
  const options = {
    body: TEXTS[lang][told],
    lang: lang === "cy" ? "cy" : "en-GB",
    tag: told === "urgent" ? URGENT : "lanyard-message",
    renotify: true,
    requireInteraction: told === "urgent",
    navigate: `${origin}/`,
  };
  return ["Lanyard", options];
}

interface Arrived {
  data?: { json(): unknown } | null;
  /** Where the browser has read a declarative message itself. */
  notification?: { tag?: string } | null;
}

export function toldBy(event: Arrived): Told {
  return (event.notification?.tag ?? tagIn(event)) === URGENT ? "urgent" : "message";
}

function tagIn({ data }: Arrived): unknown {
  try {
    const read = data?.json() as { notification?: { tag?: unknown } } | null | undefined;
    return read?.notification?.tag;
  } catch {
    return null;
  }
}

export function hearPushes(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener("push", (event) => event.waitUntil(show(scope, toldBy(event))));
  scope.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(openApp(scope));
  });
}

async function show(scope: ServiceWorkerGlobalScope, told: Told): Promise<void> {
  const language = await chosenLanguage().catch(() => null);
  const fallback = scope.navigator.language.startsWith("cy") ? "cy" : "en";
  const [title, options] = shown(told, language ?? fallback, scope.location.origin);
  await scope.registration.showNotification(title, options);
  if (told === "urgent") for (const page of await pages(scope)) page.postMessage(told);
}

function pages(scope: ServiceWorkerGlobalScope): Promise<readonly WindowClient[]> {
  return scope.clients.matchAll({ type: "window", includeUncontrolled: true });
}

async function openApp(scope: ServiceWorkerGlobalScope): Promise<void> {
  const open = (await pages(scope)).find((client) => new URL(client.url).pathname === "/");
  if (open) await open.focus();
  else await scope.clients.openWindow("/");
}

/** What the page keeps on its shelf (shelf.ts); a phone that has none yet gets none from here. */
function chosenLanguage(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("lanyard-vault", 1);
    opening.addEventListener("upgradeneeded", () => opening.transaction?.abort());
    opening.addEventListener("error", () => reject(new Error("no shelf")));
    opening.addEventListener("success", () => {
      const database = opening.result;
      const reading = database.transaction("kv", "readonly");
      const asked = reading.objectStore("kv").get("language");
      asked.addEventListener("success", () => resolve(asked.result));
      asked.addEventListener("error", () => reject(new Error("not read")));
      reading.addEventListener("complete", () => database.close());
    });
  });
}
