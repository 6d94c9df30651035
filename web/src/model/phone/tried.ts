import { problemFrom } from "../../engine/api";
import type { Problem } from "../../engine/words";

/** Null when it was done, or the problem that stopped it. */
export async function tried(work: () => Promise<void>): Promise<Problem | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return problemFrom(error);
  }
}
