/// <reference lib="webworker" />
/**
 * Keeps the app's own files so that it starts without a network. It refuses what the build did not
 * list, never keeps an answer of the server, and knows nothing of messages.
 */
const scope = globalThis as unknown as ServiceWorkerGlobalScope;

// Written in by scripts/finish.mjs, so that every build is another service worker.
const ASSETS = JSON.parse("__LANYARD_ASSETS__") as string[];
const CACHE = "lanyard-__LANYARD_VERSION__";
const PAGES = new Set(["/", "/index.html"]);

scope.addEventListener("install", (event) => event.waitUntil(keep()));
scope.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
scope.addEventListener("message", (event) => {
  // The page asks when nobody is typing: an update never happens under somebody's hands.
  if (event.data === "take over") void scope.skipWaiting();
});

scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (event.request.mode === "navigate" && PAGES.has(url.pathname)) {
    event.respondWith(kept("/index.html"));
  } else if (ASSETS.includes(url.pathname)) {
    event.respondWith(kept(url.pathname));
  }
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Hashed files may come from the browser's cache, the others must be this build's.
  await Promise.all(
    ASSETS.map(async (path) => {
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
