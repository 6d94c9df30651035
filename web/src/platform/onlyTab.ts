const NAME = "lanyard";

/**
 * Two engines on one crypto store damage it, so one tab holds the lock for as long as it lives. The
 * others wait, and take over when it is closed.
 */
export async function claimOnlyTab(alone: () => void): Promise<boolean> {
  const forEver = new Promise<never>(() => {});
  const first = await new Promise<boolean>((resolve) => {
    void navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? forEver : undefined;
    });
  });
  if (!first) {
    void navigator.locks.request(NAME, () => {
      alone();
      return forEver;
    });
  }
  return first;
}
