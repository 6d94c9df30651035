import type { MatrixEvent } from "matrix-js-sdk";
import type { Task } from "./everydayWords";
import { TASK, TASK_DONE } from "./names";
import type { Letter } from "./outbox";

type Content = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const object = (value: unknown): Content | null =>
  value !== null && typeof value === "object" ? (value as Content) : null;

/**
 * The jobs of one conversation: encrypted messages like all others, so that another client shows them as
 * words and disclosure finds them. What became of a job is a later message that names it; the last one
 * holds. It is no edit: edits end after a quarter of an hour, jobs do not.
 */
export function tasksOf(
  events: readonly MatrixEvent[],
  letters: readonly Letter[],
  name: (userId: string) => string,
  me: string,
): Task[] {
  const tasks = new Map<string, Task>();
  const take = (id: string, sender: string, ts: number, content: Content): void => {
    const task = object(content[TASK]);
    // Its own id, so that a job can be marked before the server has it; nobody takes another's.
    const taskId = task ? text(task["task_id"]) || id : "";
    if (task && !tasks.has(taskId)) tasks.set(taskId, taskOf(taskId, task, name(sender), ts));
    const marked = object(content[TASK_DONE]);
    const about = tasks.get(text(marked?.["task_id"]));
    if (marked && about) about.done = marked["done"] === true;
  };
  for (const event of events) {
    if (event.isRedacted() || event.isState()) continue;
    take(event.getId() ?? "", event.getSender() ?? "", event.getTs(), event.getOriginalContent());
  }
  for (const letter of letters) {
    take(letter.eventId ?? letter.txnId, me, letter.writtenTs, letter.content);
  }
  return [...tasks.values()].toSorted(byUrgency);
}

function taskOf(taskId: string, task: Content, by: string, ts: number): Task {
  const byTs = task["by_ts"];
  const fromEventId = text(task["from_event_id"]);
  return {
    taskId,
    bed: text(task["bed"]),
    job: text(task["job"]),
    who: text(task["who"]),
    byTs: typeof byTs === "number" ? byTs : null,
    done: false,
    by,
    ts,
    ...(fromEventId && { fromEventId }),
  };
}

/** What is open first; of that what is due first, then what is older. */
function byUrgency(a: Task, b: Task): number {
  if (a.done !== b.done) return a.done ? 1 : -1;
  const due = (a.byTs ?? Number.MAX_SAFE_INTEGER) - (b.byTs ?? Number.MAX_SAFE_INTEGER);
  return due || a.ts - b.ts;
}
