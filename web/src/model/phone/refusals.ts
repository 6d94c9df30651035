import { Refusal, type Problem } from "../../engine/words";

export const weakPasscode: Problem = {
  code: "weak_passcode",
  sentence: "Choose a passcode that is not one of the first anybody would try.",
};

export function wrongPasscode(
  answer:
    | { outcome: "wrong"; attemptsLeft: number; retryAfterMs: number }
    | { outcome: "too_soon"; retryAfterMs: number },
): Problem {
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
