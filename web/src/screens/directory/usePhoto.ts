import { useEffect, useState } from "preact/hooks";
import type { FaceOf } from "../../engine/protocol";
import { photosOf } from "../../model/photos";
import { useApp } from "../app/useApp";

type Photographed = Pick<FaceOf, "userId" | "photoVersion">;

/** The address of somebody's photo in this page; null until it is there, and where there is none. */
export function usePhoto({ userId, photoVersion }: Photographed, wanted = true): string | null {
  const { session } = useApp();
  const [found, setFound] = useState<{ key: string; url: string } | null>(null);
  const key = `${userId} ${photoVersion}`;
  const url = found?.key === key ? found.url : null;
  useEffect(() => {
    let gone = false;
    if (!wanted || photoVersion === 0 || url !== null) return;
    void photosOf(session)
      .of({ userId, photoVersion })
      .then((address) => {
        if (!gone && address !== null) setFound({ key, url: address });
      });
    return () => void (gone = true);
  }, [key, wanted]);
  return url;
}
