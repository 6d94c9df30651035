import type { Api, Json } from "./api";
import { sinkOf } from "./lanyardCalls";
import type { Policy, RoomUse } from "./words";

/** The rules, and where decisions go. A server that cannot say the latter, as one before it could, has rules all the same. */
export async function askPolicy(api: Pick<Api, "get">): Promise<Policy> {
  const [rules, record] = await Promise.all([
    api.get("/_lanyard/v1/policy"),
    api.get("/_lanyard/v1/record").catch((): Json => ({})),
  ]);
  return { ...policyOf(rules), sink: sinkOf(record) };
}

/** A policy that leaves something out gets the strict side of it. */
export function policyOf(json: Json): Policy {
  const phones = object(json["handsets"]);
  const kinds = object(json["room_kinds"]);
  const everyday = object(json["everyday"]);
  const days = (kind: string): number => number(object(kinds[kind])["keep_days"]) ?? 0;
  return {
    version: String(json["version"] ?? ""),
    lockSeconds: number(json["lock_seconds"]) ?? 120,
    hiddenLockSeconds: number(json["hidden_lock_seconds"]) ?? 60,
    passcodeMinLength: number(json["passcode_min_length"]) ?? 6,
    decisionGraceSeconds: number(json["decision_grace_seconds"]) ?? 86_400,
    offlineHours: number(json["offline_hours"]) ?? 0,
    sharedIdleSeconds: Math.min(60, number(json["shared_device_idle_seconds"]) ?? 60),
    acceptFrom: number(phones["accept_from"]) ?? 1,
    keepDays: {
      clinical: days("clinical"),
      operational: days("operational"),
      social: days("social"),
    },
    presence: json["presence"] === true,
    editSeconds: number(everyday["edit_seconds"]) ?? 0,
    voiceSeconds: number(everyday["voice_note_seconds"]) ?? 0,
    fileBytes: (number(everyday["file_megabytes"]) ?? 0) * 1024 * 1024,
    repeatUrgentSeconds: number(everyday["repeat_urgent_seconds"]) ?? 20,
    mostPhones: number(phones["most_per_person"]) ?? 3,
    required: Object.fromEntries(
      Object.entries(object(phones["required"])).map(([fact, least]) => [fact, String(least)]),
    ),
    rooms: {
      clinical: useOf(object(kinds["clinical"])),
      operational: useOf(object(kinds["operational"])),
      social: useOf(object(kinds["social"])),
    },
  };
}

const LEVELS: readonly RoomUse["nudge"][] = ["off", "warn"];

function useOf(json: Json): RoomUse {
  return {
    nudge: LEVELS.find((level) => level === json["nudge"]) ?? "ask",
    approvedFor: texts(json["approved_for"]),
    notFor: texts(json["not_for"]),
    voice: json["voice_notes"] === true,
    files: json["files"] === true,
  };
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object(value)).map(([key, text]) => [key, String(text)]),
  );
}

function object(value: unknown): Json {
  return value !== null && typeof value === "object" ? (value as Json) : {};
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
