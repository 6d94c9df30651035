import { Refusal, type Problem } from "../../engine/words";
import type { NotOpened } from "../../vault/vault";

export const notSignedIn: Problem = { code: "signed_out", sentence: "Sign in first." };

export const weakPasscode: Problem = {
  code: "weak_passcode",
  sentence: "Choose a passcode that is not one of the first anybody would try.",
};

/** Why it did not open. */
export function wrongPasscode(answer: NotOpened): Problem {
  if (answer.outcome === "destroyed") {
    return { code: "share_destroyed", sentence: "This can never be opened again." };
  }
  if (answer.outcome === "unreachable") {
    return { code: "offline", sentence: "The server cannot be reached." };
  }
  if (answer.outcome === "other_passkey") {
    return { code: "passkey_failed", sentence: "The passkey does not open this phone." };
  }
  const { retryAfterMs } = answer;
  if (answer.outcome === "too_soon") {
    return { code: "too_soon", sentence: "Wait a moment before the next try.", retryAfterMs };
  }
  const { attemptsLeft } = answer;
  return {
    code: "wrong_passcode",
    sentence: "That passcode is not right.",
    attemptsLeft,
    retryAfterMs,
  };
}

/** The server allows three phones and says no to a fourth. */
export function asTooManyPhones(error: unknown): never {
  if (error instanceof Refusal && error.problem.code === "refused") {
    throw new Refusal({ ...error.problem, code: "too_many_phones" });
  }
  throw error;
}
