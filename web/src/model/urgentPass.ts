/** "I cannot": and who is asked instead. */
import { signal } from "@preact/signals";
import type { Member, Urgent, UrgentPassTo } from "../engine/protocol";
import { urgentWords } from "../i18n/urgent";
import type { App } from "./app";
import { attempt, type FieldError } from "./problem";
import { RolesModel, type UrgentBoardModel } from "./urgentBoard";

export class PassModel extends RolesModel {
  readonly people = signal<readonly Member[]>([]);
  /** `nobody`, `role <id>` or `person <id>`. */
  readonly choice = signal<string | null>(null);
  readonly errors = signal<readonly FieldError[]>([]);
  private readonly urgent: Urgent;
  private readonly board: UrgentBoardModel;

  constructor(app: App, urgent: Urgent, board: UrgentBoardModel) {
    super(app);
    this.urgent = urgent;
    this.board = board;
  }

  override async load(): Promise<void> {
    await Promise.all([super.load(), this.loadPeople()]);
  }

  /** Without them there are the roles, and "nobody": that must always be possible. */
  private async loadPeople(): Promise<void> {
    const outcome = await attempt(this.app.session, "members", { roomId: this.urgent.roomId });
    if (!outcome.ok) return;
    const asked = this.urgent.people.map((one) => one.userId);
    this.people.value = outcome.answer.filter(
      (one) =>
        one.standing === "person" &&
        !one.own &&
        one.userId !== this.urgent.from.userId &&
        !asked.includes(one.userId),
    );
  }

  async send(): Promise<boolean> {
    const { value } = this.choice;
    this.errors.value = value === null ? [{ field: "pass", text: urgentWords().choosePass }] : [];
    if (value === null) return false;
    const passTo = passToOf(value);
    const done = await this.board.answer(this.urgent, "cannot", passTo);
    return done;
  }
}

function passToOf(choice: string): UrgentPassTo | null {
  const [kind, id = ""] = choice.split(" ");
  if (kind === "role") return { roleId: id };
  return kind === "person" ? { userId: id } : null;
}
