/** Every name we ever gave a database, for browsers that do not list them. */
const KNOWN = ["lanyard-vault", "lanyard::matrix-sdk-crypto", "lanyard::matrix-sdk-crypto-meta"];

export async function eraseDatabases(): Promise<void> {
  const listed = (await indexedDB.databases?.()) ?? [];
  const names = new Set([...KNOWN, ...listed.flatMap((d) => d.name ?? [])]);
  await Promise.all([...names].map(deleted));
}

/** A database still open elsewhere goes when it is closed; waiting for it would hold up the rest. */
function deleted(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    for (const end of ["success", "error", "blocked"] as const) {
      request.addEventListener(end, () => resolve());
    }
  });
}

export async function eraseApp(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((r) => r.unregister()));
}
