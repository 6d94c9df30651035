import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useLater } from "../app/useLater";

type Piece = typeof import("./Everyday");

const load = (): Promise<Piece> => import("./Everyday");
const here = signal<Piece | null>(null);

/** What a message has beside its words, and the lists around it. Rows read it and never wait for it. */
export const everyday = (): Piece | null => here.value;

export function useEveryday(): Piece | null {
  const fetched = useLater(load, here.value === null);
  useEffect(() => {
    if (fetched) here.value = fetched;
  }, [fetched]);
  return here.value;
}
