import { ConnectionError, HTTPError, MatrixError } from "matrix-js-sdk";
import { problemOf, type Json } from "./api";
import { Refusal, type Problem } from "./words";

/** What the SDK throws, as a refusal; anything it does not throw on purpose stays what it is. */
export function refusalFrom(error: unknown): unknown {
  const problem = problemFromSdk(error);
  return problem ? new Refusal(problem) : error;
}

function problemFromSdk(error: unknown): Problem | null {
  if (error instanceof MatrixError) {
    return problemOf(error.httpStatus ?? 500, error.data as Json);
  }
  if (error instanceof HTTPError) return problemOf(error.httpStatus ?? 500, {});
  const name = error instanceof Error ? error.name : "";
  if (error instanceof ConnectionError || name === "AbortError" || name === "TimeoutError") {
    return { code: "offline", sentence: "The server cannot be reached." };
  }
  return null;
}
