/// <reference lib="webworker" />
/**
 * Keeps the app's own files so that it starts without a network. It refuses what the build did not
 * list, never keeps an answer of the server, and knows nothing of messages but that there are some.
 */
import { hearPushes } from "./pushed";

const scope = globalThis as unknown as ServiceWorkerGlobalScope;

// Written in by scripts/finish.mjs, so that every build is another service worker.
const ASSETS = JSON.parse("__LANYARD_ASSETS__") as string[];
/** What only some people need: kept from its first use on. */
const LATER = JSON.parse("__LANYARD_LATER__") as string[];
const CACHE = "lanyard-__LANYARD_VERSION__";
const PAGES = new Set(["/", "/index.html"]);

scope.addEventListener("install", (event) => event.waitUntil(keep()));
scope.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
scope.addEventListener("message", (event) => {
  // The page asks when nobody is typing: an update never happens under somebody's hands.
  if (event.data === "take over") void scope.skipWaiting();
});

hearPushes(scope);

scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (event.request.mode === "navigate" && PAGES.has(url.pathname)) {
    event.respondWith(kept("/index.html"));
  } else if (ASSETS.includes(url.pathname)) {
    event.respondWith(kept(url.pathname));
  } else if (LATER.includes(url.pathname)) {
    event.respondWith(keptOnceUsed(url.pathname));
  }
});

async function keep(): Promise<void> {
  const wanted = [...ASSETS, ...(await usedBefore())];
  const cache = await caches.open(CACHE);
  // Hashed files may come from the browser's cache, the others must be this build's.
  await Promise.all(
    wanted.map(async (path) => {
      const mode = path.startsWith("/assets/") ? "default" : "reload";
      const response = await fetch(path, { cache: mode });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, response);
    }),
  );
}

async function dropOthers(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function kept(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(path);
}

async function keptOnceUsed(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(path);
  if (found) return found;
  const response = await fetch(path);
  if (response.ok) await cache.put(path, response.clone());
  return response;
}

/** Who used it in an older version needs it in this one, under its new name, also without a network. */
async function usedBefore(): Promise<string[]> {
  const caching = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
  const held = (await Promise.all(caching)).flat().map(({ url }) => nameOf(url));
  return LATER.filter((path) => held.includes(nameOf(path)));
}

/** `/assets/cy-1a2b3c.js` is called `cy`, `/assets/worker/pdf.worker-1a2b3c.js` so too. */
function nameOf(path: string): string {
  return /\/assets\/((?:worker\/)?[a-z0-9.]+)-[^/]*$/i.exec(path)?.[1] ?? path;
}
