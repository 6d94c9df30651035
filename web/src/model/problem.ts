/** Problems as words for people, and calls whose refusal is an answer. */
import { Refusal, type Answer, type Asked, type CallName, type Problem } from "../engine/protocol";
import { duration } from "../i18n/format";
import { words } from "../i18n/language";
import type { Session } from "./session";

/** A message beside the field it is about; `field` is the id of its input. */
export interface FieldError {
  readonly field: string;
  readonly text: string;
}

export type Outcome<T> =
  { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly problem: Problem };

/** Asks the engine; a refusal comes back as an outcome, a bug still throws. */
export async function attempt<N extends CallName>(
  session: Pick<Session, "ask">,
  name: N,
  asked: Asked<N>,
): Promise<Outcome<Answer<N>>> {
  try {
    return { ok: true, answer: await session.ask(name, asked) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Why something is not in the outbox; `full` says that as many wait already as may. */
export const notSealedText = (problem: Problem, full: string): string =>
  problem.code === "too_many_waiting" ? full : problemText(problem);

/** Codes without words of ours keep the server's sentence, which says what to do in English; other languages say that. */
export function problemText(problem: Problem): string {
  const text = words().problem;
  switch (problem.code) {
    case "offline":
      return text.offline;
    case "server":
      return text.server;
    case "too_soon":
      return problem.retryAfterMs === undefined
        ? text.tooSoonPlain
        : text.tooSoon(duration(problem.retryAfterMs));
    case "wrong_sign_in":
      return text.wrongSignIn;
    case "wrong_code":
      return text.wrongCode;
    case "wrong_passcode":
      return words().lock.wrong;
    case "signed_out":
      return text.signedOut;
    case "too_many_phones":
      return text.tooManyPhones;
    case "weak_passcode":
      return text.weakPasscode;
    case "passkey_given_up":
      return text.passkeyGivenUp;
    case "passkey_known":
      return text.passkeyKnown;
    case "passkey_failed":
      return text.passkeyFailed;
    case "reported_lost":
      return text.reportedLost;
    case "policy_not_accepted":
      return text.policyNotAccepted;
    case "step_up":
      return text.stepUp;
    default:
      return problem.sentence === "" ? text.unexpected : text.told(problem.sentence);
  }
}
