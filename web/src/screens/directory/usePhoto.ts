import { useEffect, useState } from "preact/hooks";
import type { Person } from "../../engine/protocol";
import { attempt } from "../../model/problem";
import { useApp } from "../app/useApp";

/** In memory while the app is open; a phone that keeps nothing of a directory keeps no faces either. */
const fetched = new Map<string, Promise<string | null>>();
const MOST = 200;

/** The address of somebody's photo in this page; null until it is there, and where there is none. */
export function usePhoto(person: Pick<Person, "userId" | "photoVersion">): string | null {
  const { session } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  const { userId, photoVersion } = person;
  useEffect(() => {
    let gone = false;
    setAddress(null);
    if (photoVersion === 0) return;
    const key = `${userId} ${photoVersion}`;
    const asked =
      fetched.get(key) ??
      attempt(session, "photo", { userId }).then((outcome) =>
        outcome.ok ? URL.createObjectURL(outcome.answer) : null,
      );
    remember(key, asked);
    void asked.then((url) => {
      if (url === null) fetched.delete(key);
      if (!gone) setAddress(url);
    });
    return () => void (gone = true);
  }, [userId, photoVersion]);
  return address;
}

function remember(key: string, asked: Promise<string | null>): void {
  fetched.delete(key);
  fetched.set(key, asked);
  const oldest = fetched.size > MOST ? fetched.entries().next().value : undefined;
  if (oldest === undefined) return;
  fetched.delete(oldest[0]);
  void oldest[1].then((url) => url !== null && URL.revokeObjectURL(url));
}
