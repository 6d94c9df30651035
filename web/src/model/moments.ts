/** What `<input type="datetime-local">` holds: a moment on the phone's calendar, to the minute. */
const two = (n: number): string => String(n).padStart(2, "0");

export function localMinute(ts: number): string {
  const at = new Date(ts);
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function momentOf(text: string): number | null {
  const ts = new Date(text).getTime();
  return text === "" || Number.isNaN(ts) ? null : ts;
}
