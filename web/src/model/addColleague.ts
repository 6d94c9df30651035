/** Adding a colleague to a conversation: chosen in the directory, with a reason that is kept. */
import { signal } from "@preact/signals";
import type { Member, Person } from "../engine/protocol";
import { words } from "../i18n/language";
import { findIdentifiers, today } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";

export class AddColleagueModel {
  readonly person = signal<Person | null>(null);
  readonly reason = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly members = signal<readonly Member[]>([]);
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  async loadMembers(): Promise<void> {
    const outcome = await attempt(this.app.session, "members", { roomId: this.roomId });
    if (outcome.ok) this.members.value = outcome.answer;
  }

  choose(person: Person | null): void {
    this.person.value = person;
    this.reason.value = "";
    this.errors.value = [];
  }

  async add(): Promise<void> {
    const person = this.person.value;
    const reason = this.reason.value.trim();
    if (person === null || this.busy.value) return;
    this.errors.value = this.check(reason);
    if (this.errors.value.length > 0) return;
    this.busy.value = true;
    const asked = { roomId: this.roomId, userId: person.userId, reason };
    const outcome = await attempt(this.app.session, "addMember", asked).finally(
      () => (this.busy.value = false),
    );
    if (outcome.ok) {
      this.choose(null);
      this.app.navigation.back();
    } else {
      this.errors.value = [{ field: "", text: problemText(outcome.problem) }];
    }
  }

  private check(reason: string): FieldError[] {
    if (reason === "") return [{ field: "reason", text: words().details.enterReason }];
    // The reason is kept in the audit log, which is not encrypted.
    const identifies =
      findIdentifiers(reason, { today: today(this.app.surroundings.now()) }).length > 0;
    return identifies ? [{ field: "reason", text: words().newRoom.identifier }] : [];
  }
}
