/** That this phone lacks its person's keys is asked about once while the app is open, and then only said. */
import { signal, type Signal } from "@preact/signals";
import type { KeysState } from "../engine/protocol";
import { atLock } from "./navigation";
import type { Session } from "./session";

type Source = Pick<Session, "state">;

const bySession = new WeakMap<Source, Signal<KeysState | null>>();

/** What was put off until later. */
export function keysPutOff(session: Source): Signal<KeysState | null> {
  const known = bySession.get(session);
  if (known) return known;
  const putOff = signal<KeysState | null>(null);
  bySession.set(session, putOff);
  // The next to open it may be somebody else.
  atLock(session, () => (putOff.value = null));
  return putOff;
}
