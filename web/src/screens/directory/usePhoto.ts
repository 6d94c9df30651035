import { useEffect, useRef, useState } from "preact/hooks";
import type { FaceOf } from "../../engine/protocol";
import { photosOf, type Look } from "../../model/photos";
import { useApp } from "../app/useApp";

type Photographed = Pick<FaceOf, "userId" | "photoVersion">;

/** The address of somebody's photo in this page; null until it is there, and where there is none. */
export function usePhoto({ userId, photoVersion }: Photographed, wanted = true): string | null {
  const { session } = useApp();
  const [found, setFound] = useState<{ key: string; url: string } | null>(null);
  const key = `${userId} ${photoVersion}`;
  const url = found?.key === key ? found.url : null;
  const look = useRef<Look | null>(null);
  // Held as long as it may be shown: also while it is not wanted any more.
  useEffect(() => {
    return () => {
      look.current?.leave();
      look.current = null;
    };
  }, [key]);
  useEffect(() => {
    if (!wanted || photoVersion === 0 || look.current !== null) return;
    const mine = photosOf(session).look({ userId, photoVersion });
    look.current = mine;
    void mine.address.then((address) => {
      if (look.current !== mine) return;
      if (address !== null) return setFound({ key, url: address });
      // What did not come is asked for again when it is wanted again.
      mine.leave();
      look.current = null;
    });
  }, [key, wanted]);
  return url;
}
