/** What the words in the message box are about: an answer, a change of what was said; and who is meant. */
import { signal } from "@preact/signals";
import type { Member, SaidItem } from "../engine/protocol";
import { foldedText } from "../engine/search";
import type { App } from "./app";
import { attempt, type Outcome } from "./problem";

export interface About {
  readonly is: "reply" | "edit";
  readonly item: SaidItem;
}

const MOST_OFFERED = 5;
/** What is typed after the last @, as long as it can be the beginning of a name. */
const NAMING = /(?:^|\s)@([\p{L}\p{M}'’. -]{0,40})$/u;

export class Writing {
  readonly about = signal<About | null>(null);
  private readonly people = signal<readonly Member[]>([]);
  private asked = false;
  private readonly app: App;
  private readonly roomId: string;
  /** What was in the box before a message was taken up to be changed. */
  private before = "";

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  reply(item: SaidItem): void {
    this.about.value = { is: "reply", item };
  }

  edit(item: SaidItem, typed: string): void {
    if (this.about.value?.is !== "edit") this.before = typed;
    this.about.value = { is: "edit", item };
  }

  /** What belongs into the box again; null: it stays as it is. */
  stop(): string | null {
    const edited = this.about.value?.is === "edit";
    this.about.value = null;
    const { before } = this;
    this.before = "";
    return edited ? before : null;
  }

  /** People whose name is being typed after an @. */
  offered(text: string): readonly Member[] {
    const typed = NAMING.exec(text)?.[1];
    if (typed === undefined) return [];
    if (!this.asked) void this.load();
    const term = foldedText(typed.trim());
    return this.people.value
      .filter((one) => one.standing === "person" && !one.own)
      .map((one) => ({ one, name: foldedText(one.name) }))
      .filter(({ name }) => name !== term && begins(name, term))
      .slice(0, MOST_OFFERED)
      .map(({ one }) => one);
  }

  /** The text with the name put where it was begun. */
  named(text: string, member: Member): string {
    return text.replace(/@[^@]*$/u, `@${member.name} `);
  }

  private async load(): Promise<void> {
    this.asked = true;
    const outcome = await attempt(this.app.session, "members", { roomId: this.roomId });
    if (outcome.ok) this.people.value = outcome.answer;
    else this.asked = false;
  }

  /** Answers when it is sealed. */
  async post(text: string): Promise<Outcome<void>> {
    const { session, surroundings } = this.app;
    const about = this.about.value;
    const mentions = this.people.value
      .filter((one) => text.includes(`@${one.name}`))
      .map(({ userId, name }) => ({ userId, name }));
    const what = {
      roomId: this.roomId,
      txnId: surroundings.newId(),
      text,
      ...(mentions.length > 0 && { mentions }),
    };
    const of = about?.item.eventId ?? null;
    if (about?.is === "edit" && of !== null)
      return attempt(session, "edit", { ...what, eventId: of });
    return attempt(session, "send", { ...what, ...(of !== null && { replyTo: of }) });
  }
}

const begins = (name: string, term: string): boolean =>
  name.startsWith(term) || name.split(/[\s-]+/).some((word) => word.startsWith(term));

/** Only by its author, only once it has gone, only for as long as the organisation says. */
export function canEdit(item: SaidItem, now: number, editSeconds: number): boolean {
  return (
    item.kind === "message" &&
    item.sender.own &&
    item.eventId !== null &&
    item.task === undefined &&
    item.decision === null &&
    now - item.ts < editSeconds * 1000
  );
}
