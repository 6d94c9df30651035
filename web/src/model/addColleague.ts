/** Adding a colleague to a conversation: chosen in the directory, with a reason that is kept. */
import { signal } from "@preact/signals";
import type { GroupMember, Person } from "../engine/protocol";
import { groupWords } from "../i18n/groups";
import { findIdentifiers, today } from "../nudge/nudge";
import type { App } from "./app";
import { attempt, problemText, type FieldError } from "./problem";

const DAY_MS = 86_400_000;

export class AddColleagueModel {
  readonly person = signal<Person | null>(null);
  readonly reason = signal("");
  readonly errors = signal<readonly FieldError[]>([]);
  readonly busy = signal(false);
  readonly members = signal<readonly GroupMember[]>([]);
  /** For somebody of another employer: who answers for them, and for how many days. */
  readonly sponsor = signal<string | null>(null);
  readonly days = signal<string | null>(null);
  private readonly app: App;
  private readonly roomId: string;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  async loadMembers(): Promise<void> {
    const outcome = await attempt(this.app.session, "membership", { roomId: this.roomId });
    if (outcome.ok) this.members.value = outcome.answer.members;
  }

  choose(person: Person | null): void {
    this.person.value = person;
    this.reason.value = "";
    this.sponsor.value = null;
    this.days.value = null;
    this.errors.value = [];
  }

  sponsors(): readonly GroupMember[] {
    return this.members.value.filter((member) => !member.outsider);
  }

  private until(): { ts: number; sponsor: string } | undefined {
    const [sponsor, days] = [this.sponsor.value, this.days.value];
    if (sponsor === null || days === null) return undefined;
    return { ts: this.app.surroundings.now() + Number(days) * DAY_MS, sponsor };
  }

  async add(): Promise<void> {
    const person = this.person.value;
    const reason = this.reason.value.trim();
    if (person === null || this.busy.value) return;
    this.errors.value = this.check(reason);
    if (this.errors.value.length > 0) return;
    this.busy.value = true;
    const until = this.until();
    const asked = { roomId: this.roomId, userId: person.userId, reason, ...(until && { until }) };
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
    const text = groupWords();
    const errors: FieldError[] = [];
    if (this.person.value?.outsider === true) {
      if (this.sponsor.value === null) errors.push({ field: "sponsor", text: text.chooseSponsor });
      if (this.days.value === null) errors.push({ field: "days", text: text.chooseEnd });
    }
    if (reason === "") errors.push({ field: "reason", text: text.enterReason });
    // The reason is kept in the audit log, which is not encrypted.
    const identifies =
      findIdentifiers(reason, { today: today(this.app.surroundings.now()) }).length > 0;
    if (identifies) errors.push({ field: "reason", text: text.identifier });
    return errors;
  }
}
