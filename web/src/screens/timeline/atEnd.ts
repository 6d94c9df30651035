/** Closer to the end than this, new messages are followed. */
const NEAR_END = 60;
const MEASURED_AFTER_MS = 500;

export interface Measured {
  readonly scrollSize: number;
  readonly viewportSize: number;
  readonly scrollOffset: number;
}

export const isAtEnd = (list: Measured, offset: number): boolean =>
  list.scrollSize - list.viewportSize - offset < NEAR_END;

/**
 * A conversation that fits the screen is never scrolled, and would stay unread: looks once, when its
 * rows are measured. Returns how not to.
 */
export function ifItFits(list: () => Measured | null, fits: () => void): () => void {
  const look = setTimeout(() => {
    const measured = list();
    if (measured !== null && isAtEnd(measured, measured.scrollOffset)) fits();
  }, MEASURED_AFTER_MS);
  return () => clearTimeout(look);
}
