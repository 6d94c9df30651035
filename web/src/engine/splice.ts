/** The one stretch in which two lists differ. */
export interface Splice<T> {
  start: number;
  remove: number;
  items: T[];
}

/** Null when they are the same. Items are compared as data: they came from the same mapping. */
export function spliceBetween<T>(before: readonly T[], after: readonly T[]): Splice<T> | null {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && same(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && same(before.at(-1 - end), after.at(-1 - end))) end++;
  const remove = before.length - start - end;
  const items = after.slice(start, after.length - end);
  return remove === 0 && items.length === 0 ? null : { start, remove, items };
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
