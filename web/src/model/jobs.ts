/** The jobs of one conversation, and the note for the next shift. */
import { signal } from "@preact/signals";
import type { NewTask, Task } from "../engine/protocol";
import { clockTime } from "../i18n/format";
import { everydayWords } from "../i18n/everyday";
import type { App } from "./app";
import { attempt, problemText } from "./problem";

export type JobsState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly text: string }
  | { readonly is: "shown"; readonly tasks: readonly Task[]; readonly backTo: number | null };

export class JobsModel {
  readonly state = signal<JobsState>({ is: "loading" });
  readonly problem = signal<string | null>(null);
  private readonly app: App;
  private readonly roomId: string;
  /** The same for a repeated tap: a note is sent once; a changed one is another. */
  private noteTried: { readonly txnId: string; readonly note: string } | null = null;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.roomId = roomId;
  }

  async load(): Promise<void> {
    const outcome = await attempt(this.app.session, "tasks", { roomId: this.roomId });
    if (outcome.ok) this.state.value = { is: "shown", ...outcome.answer };
    else if (this.state.value.is !== "shown")
      this.state.value = { is: "failed", text: problemText(outcome.problem) };
  }

  /** True when it is sealed and will go. */
  async add(task: NewTask): Promise<boolean> {
    const outcome = await attempt(this.app.session, "addTask", {
      roomId: this.roomId,
      txnId: this.app.surroundings.newId(),
      task,
      words: `${everydayWords().jobs.job}: ${line(task)}`,
    });
    this.problem.value = outcome.ok ? null : problemText(outcome.problem);
    // It is sealed: the list may take its time.
    if (outcome.ok) void this.load();
    return outcome.ok;
  }

  async mark(task: Task, done: boolean): Promise<void> {
    const text = everydayWords().jobs;
    const outcome = await attempt(this.app.session, "markTask", {
      roomId: this.roomId,
      txnId: this.app.surroundings.newId(),
      taskId: task.taskId,
      done,
      words: `${done ? text.doneWord : text.openWord}: ${line(task)}`,
    });
    this.problem.value = outcome.ok ? null : problemText(outcome.problem);
    await this.load();
  }

  /** What is open, as a note to go over before it is handed on. */
  draftNote(): string {
    const { value } = this.state;
    const open = value.is === "shown" ? value.tasks.filter((task) => !task.done) : [];
    const text = everydayWords().jobs;
    return [text.noteTitle, ...open.map((task) => `• ${line(task)}`)].join("\n");
  }

  async handOver(note: string): Promise<boolean> {
    if (this.noteTried?.note !== note)
      this.noteTried = { txnId: this.app.surroundings.newId(), note };
    const outcome = await attempt(this.app.session, "handOver", {
      roomId: this.roomId,
      ...this.noteTried,
    });
    this.problem.value = outcome.ok ? null : problemText(outcome.problem);
    if (outcome.ok) this.noteTried = null;
    return outcome.ok;
  }
}

export function line(task: NewTask): string {
  const text = everydayWords().jobs;
  const parts = [
    task.bed && text.inBed(task.bed),
    task.job,
    task.who && text.forWhom(task.who),
    task.byTs !== null && text.byTime(clockTime(task.byTs)),
  ];
  return parts.filter(Boolean).join(", ");
}

/** "14:30" as the next moment of that time; null for nothing; undefined for what is no time. */
export function nextTime(typed: string, now: number): number | null | undefined {
  if (typed.trim() === "") return null;
  const match = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/.exec(typed.trim());
  if (match === null) return undefined;
  const at = new Date(now);
  at.setHours(Number(match[1]), Number(match[2]), 0, 0);
  // By the calendar: the night in which clocks change is not 24 hours long.
  if (at.getTime() < now) at.setDate(at.getDate() + 1);
  return at.getTime();
}
