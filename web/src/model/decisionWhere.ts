/** Where a decision is, what keeps its messages, and what somebody has still to do for it. */
import type { Decision, DecisionStatus, FollowUp } from "../engine/protocol";
import { decidingWords } from "../i18n/deciding";
import { moment } from "../i18n/format";
import { correctionOf } from "./decisionSources";
import { wordsOfSink } from "./sink";

/** Of a decision, or of what followed it there. */
export function statusText({ status, sink }: Pick<Decision, "status" | "sink">): string {
  if (status === "waiting") return wordsOfSink(sink).waiting;
  if (status === "refused") return wordsOfSink(sink).refused;
  return decidingWords().status[status];
}

export function statusHint({ status, sink }: Pick<Decision, "status" | "sink">): string {
  return status === "in_record" ? wordsOfSink(sink).inRecord : decidingWords().statusHint[status];
}

const USUAL_GRACE_SECONDS = 86_400;

/** When the messages go, or what keeps them. */
export function originalsText(
  decision: Decision,
  now: number,
  graceSeconds = USUAL_GRACE_SECONDS,
): string {
  const text = decidingWords();
  if (decision.status === "disposed") return text.originalsGone;
  if (decision.status === "refused") return text.originalsRefused;
  if (decision.keptBecause !== null) return text.kept[decision.keptBecause];
  if (decision.originalsGoTs !== null) return text.originalsGo(moment(decision.originalsGoTs, now));
  if (decision.status === "withdrawn") return text.kept.entered_in_error;
  if (isNotThere(decision.status)) return text.originalsNotThere;
  return wordsOfSink(decision.sink).originalsAfter(text.hours(Math.round(graceSeconds / 3600)));
}

/** Left for somebody to enter in the record: a decision, or what followed it. */
const isNotThere = (status: DecisionStatus): boolean =>
  status === "to_paste" || status === "saved_to_folder";

/**
 * What somebody is to enter in the record next, and say so. Not the words of a decision that was marked in error after
 * somebody had taken them: the mark alone.
 */
export function toEnter(decision: Decision): Entered | undefined {
  const { decisionId, status, followUps } = decision;
  const isStopped = status === "to_paste" && correctionOf(decision)?.kind === "error";
  const own: Entered[] = isStopped ? [] : [{ decisionId, status, kind: null }];
  return [...own, ...followUps].find((one) => isNotThere(one.status));
}

/** `kind`: of what followed the decision; null for the decision itself. */
export interface Entered {
  readonly decisionId: string;
  readonly status: DecisionStatus;
  readonly kind: FollowUp["kind"] | null;
}

export type PictureState = "waiting" | "in_record" | "in_folder" | "refused" | "withdrawn";

/** A picture goes from here only once the record has it, byte for byte. */
export function pictureState(
  { reference }: Decision["pictures"][number],
  { status, sink }: Pick<Decision, "status" | "sink">,
): PictureState {
  const entered = status === "pasted" || status === "in_record" || status === "disposed";
  if (reference !== null) return sink === "folder" && !entered ? "in_folder" : "in_record";
  return status === "refused" || status === "withdrawn" ? status : "waiting";
}
