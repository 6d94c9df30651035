import { useEffect, useState } from "preact/hooks";
import type { Person } from "../../engine/protocol";
import { photosOf } from "../../model/photos";
import { useApp } from "../app/useApp";

/** The address of somebody's photo in this page; null until it is there, and where there is none. */
export function usePhoto(person: Pick<Person, "userId" | "photoVersion">): string | null {
  const { session } = useApp();
  const [address, setAddress] = useState<string | null>(null);
  const { userId, photoVersion } = person;
  useEffect(() => {
    let gone = false;
    setAddress(null);
    if (photoVersion === 0) return;
    void photosOf(session)
      .of({ userId, photoVersion })
      .then((url) => {
        if (!gone) setAddress(url);
      });
    return () => void (gone = true);
  }, [userId, photoVersion]);
  return address;
}
