import type { Json } from "./api";
import type { Policy } from "./words";

/** A policy that leaves something out gets the strict side of it. */
export function policyOf(json: Json): Policy {
  return {
    version: String(json["version"] ?? ""),
    lockSeconds: number(json["lock_seconds"]) ?? 120,
    hiddenLockSeconds: number(json["hidden_lock_seconds"]) ?? 60,
    passcodeMinLength: number(json["passcode_min_length"]) ?? 6,
    decisionGraceSeconds: number(json["decision_grace_seconds"]) ?? 86_400,
    offlineHours: number(json["offline_hours"]) ?? 0,
    sharedIdleSeconds: Math.min(60, number(json["shared_device_idle_seconds"]) ?? 60),
  };
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
