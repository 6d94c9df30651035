/** Whether words identify a patient. The check is a piece of its own, which a conversation uses too. */

let nudge: typeof import("../nudge/nudge") | null = null;

/** Settles with the check there, or not to be had: then there is no network to send the words by. */
export async function wantIdentifying(): Promise<void> {
  try {
    nudge ??= await import("../nudge/nudge");
  } catch {
    nudge = null;
  }
}

export function identifies(text: string, now: number): boolean {
  return nudge !== null && nudge.findIdentifiers(text, { today: nudge.today(now) }).length > 0;
}
