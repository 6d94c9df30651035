/** Who took a decision, as its sheet offers them. */
import type { App } from "./app";
import type { Source } from "./decisionSources";

export interface Decider {
  readonly userId: string;
  readonly name: string;
  readonly role: string;
}

export const NOBODY: Decider = { userId: "", name: "", role: "" };

export const deciderOf = ({ sender: { userId, name, role } }: Source): Decider => ({
  userId,
  name,
  role,
});

/** Offered as one tap: who wrote the message, and me. */
export function likelyDeciders(author: Decider, app: App): Decider[] {
  const me = app.session.live.me.value;
  if (me === null || me.userId === author.userId) return [author];
  return [author, { userId: me.userId, name: me.displayName, role: me.role }];
}
