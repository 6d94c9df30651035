/**
 * From a conversation where nothing about a patient belongs: a new clinical one with the same people,
 * in one tap. What was being typed goes there too, once the conversation exists.
 */
import type { Problem } from "../engine/protocol";
import type { App } from "./app";
import type { Chosen } from "./newConversation";
import { attempt } from "./problem";

/** Opens the form with everybody of `roomId` in it. Answers what stopped it; null when it is open. */
export async function moveToClinical(app: App, roomId: string): Promise<Problem | null> {
  const members = await attempt(app.session, "members", { roomId });
  if (!members.ok) return members.problem;
  const people: Chosen[] = members.answer
    .filter((member) => member.standing === "person" && !member.own)
    .map(({ userId, name, role, ward }) => ({ userId, displayName: name, role, ward }));
  app.navigation.go({ at: "new", with: people, draftOf: roomId });
  return null;
}

/** The draft follows into the conversation that was made for it. */
export function takeDraft(app: App, from: string, to: string): void {
  const { drafts } = app.session;
  drafts.write(to, drafts.read(from));
  drafts.write(from, "");
}
