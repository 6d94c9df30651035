import { path, type Api, type Json } from "./api";
import type { Answer, Asked, CallName } from "./protocol";
import type {
  Decision,
  FollowUp,
  Handset,
  KeptBecause,
  Passkey,
  PatientBanner,
  PatientMatch,
  PhoneFact,
  Provenance,
  Sink,
} from "./words";
import { Refusal } from "./words";
import { statusOf } from "./decisionStatus";

type Handlers<N extends CallName> = { [K in N]: (asked: Asked<K>) => Promise<Answer<K>> };

type LanyardCalls =
  | "createConversation"
  | "addMember"
  | "findPatient"
  | "linkPatient"
  | "patient"
  | "listDecisions"
  | "queryDecision"
  | DecisionDeed
  | "handsets"
  | "removeHandset"
  | "push"
  | "subscribePush"
  | "unsubscribePush"
  | "newDevices"
  | "answerNewDevice"
  | "newRecoveryCodes"
  | "changePassword"
  | "passkeys"
  | "passkeyOptions"
  | "addPasskey"
  | "renamePasskey"
  | "removePasskey"
  | "stepUpOptions"
  | "stepUp"
  | "reportFacts"
  | "acceptPolicy";

type DecisionDeed =
  | "decision"
  | "retryDecision"
  | "confirmDecision"
  | "markInError"
  | "wordsToPaste"
  | "pasted"
  | "chooseRetention";

const V1 = "/_lanyard/v1";

/** The calls that are one request of docs/api.md. */
export function lanyardCalls(api: Api, thisHandset: string): Handlers<LanyardCalls> {
  return {
    ...conversationCalls(api),
    ...patientCalls(api),
    ...decisionCalls(api),
    ...handsetCalls(api, thisHandset),
    ...pushCalls(api),
    ...newDeviceCalls(api),
    ...factorCalls(api),
  };
}

function conversationCalls(api: Api): Handlers<"createConversation" | "addMember"> {
  return {
    createConversation: async ({ kind, purpose, memberUserIds, requestId }) => {
      const body = { kind, purpose, member_user_ids: memberUserIds, request_id: requestId };
      const made = await api.post(`${V1}/conversations`, body);
      return { roomId: String(made["room_id"]) };
    },
    addMember: async ({ roomId, userId, reason, until }) => {
      const end = until && { until_ts: until.ts, sponsor_user_id: until.sponsor };
      await api.post(V1 + path`/rooms/${roomId}/members`, { user_id: userId, reason, ...end });
    },
  };
}

function patientCalls(api: Api): Handlers<"findPatient" | "linkPatient" | "patient"> {
  return {
    findPatient: async ({ nhsNumber }) => {
      const found = await api.post(`${V1}/patients/find`, { nhs_number: nhsNumber });
      return {
        patientId: String(found["patient_id"]),
        ...identityOf(found),
      } satisfies PatientMatch;
    },
    linkPatient: async ({ roomId, patientId }) => {
      await api.put(V1 + path`/rooms/${roomId}/patient`, { patient_id: patientId });
    },
    patient: async ({ roomId }) => {
      try {
        const shown = await api.get(V1 + path`/rooms/${roomId}/patient`);
        return { ...identityOf(shown), version: numberOf(shown["version"]) ?? 0 };
      } catch (error) {
        if (error instanceof Refusal && error.problem.code === "not_found") return null;
        throw error;
      }
    },
  };
}

function identityOf(json: Json): Omit<PatientBanner, "version"> {
  return {
    name: String(json["name"]),
    birthDate: String(json["birth_date"]),
    nhsNumber: String(json["nhs_number"]),
  };
}

function decisionCalls(api: Api): Handlers<"listDecisions" | "queryDecision" | DecisionDeed> {
  return {
    listDecisions: async ({ roomId }) => {
      const answer = await api.get(V1 + path`/rooms/${roomId}/decisions`);
      return listOf(answer["decisions"]).map(decisionOf);
    },
    decision: async ({ decisionId }) =>
      decisionOf(await api.get(V1 + path`/decisions/${decisionId}`)),
    queryDecision: async ({ decisionId, withdraw }) => {
      const query = V1 + path`/decisions/${decisionId}/query`;
      await (withdraw ? api.delete(query) : api.post(query));
    },
    retryDecision: async ({ decisionId }) => {
      await api.post(V1 + path`/decisions/${decisionId}/retry`);
    },
    confirmDecision: async ({ decisionId, requestId }) => {
      await api.post(V1 + path`/decisions/${decisionId}/confirm`, { request_id: requestId });
    },
    markInError: async ({ decisionId, requestId, reason, words }) => {
      const body = { request_id: requestId, reason, ...(words !== "" && { words }) };
      await api.post(V1 + path`/decisions/${decisionId}/error`, body);
    },
    wordsToPaste: async ({ decisionId }) => {
      const answer = await api.get(V1 + path`/decisions/${decisionId}/paste`);
      return { text: String(answer["text"]) };
    },
    pasted: async ({ decisionId, reference }) => {
      await api.post(V1 + path`/decisions/${decisionId}/pasted`, { reference });
    },
    chooseRetention: async ({ roomId, choice, eventIds }) => {
      const these = choice === "record_these" && { event_ids: eventIds };
      await api.put(V1 + path`/rooms/${roomId}/retention`, { choice, ...these });
    },
  };
}

function handsetCalls(
  api: Api,
  thisHandset: string,
): Handlers<"handsets" | "removeHandset" | "reportFacts" | "acceptPolicy"> {
  return {
    handsets: async () => {
      const answer = await api.get(`${V1}/handsets`);
      return listOf(answer["handsets"]).map((json) => handsetOf(json, thisHandset));
    },
    removeHandset: async ({ handsetId }) => {
      await api.delete(V1 + path`/handsets/${handsetId}`);
    },
    reportFacts: async ({ answers }) => {
      // As true and false: to the policy's rules only a false is a no.
      const said = Object.entries(answers).map(([fact, yes]) => [fact, yes === "yes"]);
      const body = { answers: Object.fromEntries(said) };
      await api.put(V1 + path`/handsets/${thisHandset}/facts`, body);
    },
    acceptPolicy: async ({ version }) => {
      await api.put(V1 + path`/handsets/${thisHandset}/policy`, { version: Number(version) });
    },
  };
}

function newDeviceCalls(api: Api): Handlers<"newDevices" | "answerNewDevice"> {
  return {
    newDevices: async () => {
      const answer = await api.get(`${V1}/me/new-devices`);
      return listOf(answer["devices"]).map((json) => ({
        deviceId: String(json["device_id"]),
        name: String(json["display_name"] ?? ""),
        sinceTs: numberOf(json["since_ts"]) ?? 0,
        otherApp: json["other_app"] === true,
      }));
    },
    answerNewDevice: async ({ deviceId, mine }) => {
      await api.post(V1 + path`/me/new-devices/${deviceId}/${mine ? "mine" : "not-mine"}`);
    },
  };
}

function pushCalls(api: Api): Handlers<"push" | "subscribePush" | "unsubscribePush"> {
  return {
    push: async () => {
      const answer = await api.get(`${V1}/push`);
      return {
        applicationServerKey: String(answer["application_server_key"]),
        subscribed: answer["subscribed"] === true,
      };
    },
    subscribePush: async ({ endpoint, keys }) => {
      await api.put(`${V1}/push`, { endpoint, keys });
    },
    unsubscribePush: async () => {
      await api.delete(`${V1}/push`);
    },
  };
}

type FactorCalls =
  | "newRecoveryCodes"
  | "changePassword"
  | "passkeys"
  | "passkeyOptions"
  | "addPasskey"
  | "renamePasskey"
  | "removePasskey"
  | "stepUpOptions"
  | "stepUp";

/** What the person signs in with, and the fresh proof that changing it needs. */
function factorCalls(api: Api): Handlers<FactorCalls> {
  const me = `${V1}/me`;
  return {
    newRecoveryCodes: async ({ code }) => {
      const answer = await api.post(`${me}/recovery-codes`, { code });
      return { codes: textsOf(answer["codes"]) };
    },
    changePassword: async ({ newPassword, logoutDevices }) => {
      const body = { new_password: newPassword, logout_devices: logoutDevices };
      await api.post(`${me}/password`, body);
    },
    passkeys: async () => listOf((await api.get(`${me}/passkeys`))["passkeys"]).map(passkeyOf),
    passkeyOptions: async () => publicKeyOf(await api.post(`${me}/passkeys/options`)),
    addPasskey: async ({ name, credential, paper }) => {
      const body = { name, credential, recovery_codes: paper };
      const answer = await api.post(`${me}/passkeys`, body);
      const recoveryCodes = textsOf(answer["recovery_codes"]);
      return { passkeyId: String(answer["passkey_id"]), recoveryCodes };
    },
    renamePasskey: async ({ passkeyId, name }) => {
      await api.put(me + path`/passkeys/${passkeyId}`, { name });
    },
    removePasskey: async ({ passkeyId }) => {
      await api.delete(me + path`/passkeys/${passkeyId}`);
    },
    stepUpOptions: async () => publicKeyOf(await api.post(`${me}/step-up/options`)),
    stepUp: async (proof) => {
      await api.post(`${me}/step-up`, { ...proof });
    },
  };
}

function publicKeyOf(answer: Json): Json {
  return (answer["publicKey"] ?? {}) as Json;
}

function passkeyOf(json: Json): Passkey {
  return {
    passkeyId: String(json["passkey_id"]),
    name: String(json["name"] ?? ""),
    createdTs: numberOf(json["created_ts"]) ?? 0,
    lastUsedTs: numberOf(json["last_used_ts"]),
    backedUp: json["backed_up"] === true,
  };
}

function handsetOf(json: Json, thisHandset: string): Handset {
  const handsetId = String(json["handset_id"]);
  return {
    handsetId,
    name: String(json["name"] ?? ""),
    platform: String(json["platform"] ?? ""),
    enrolledTs: numberOf(json["enrolled_ts"]) ?? 0,
    lastSeenTs: numberOf(json["last_seen_ts"]),
    thisOne: handsetId === thisHandset,
    owner: json["owner"] === "trust" ? "trust" : "own",
    state: String(json["state"] ?? "active"),
    policyVersion: String(json["policy_version"] ?? ""),
    facts: listOf(json["facts"]).map(factOf),
  };
}

const PROVENANCES: readonly Provenance[] = ["attested", "asserted"];

/** A word that this app does not know is the weakest. */
function factOf(json: Json): PhoneFact {
  return {
    fact: String(json["fact"] ?? ""),
    value: String(json["value"] ?? ""),
    provenance: PROVENANCES.find((one) => one === json["provenance"]) ?? "self_reported",
    atTs: numberOf(json["at_ts"]) ?? 0,
  };
}

export function decisionOf(json: Json): Decision {
  return {
    decisionId: String(json["decision_id"]),
    status: statusOf(json["status"]) ?? "other",
    reason: textOf(json["reason"]),
    reference: textOf(json["reference"]),
    sink: sinkOf(json),
    authorUserId: String(json["author_user_id"]),
    deciderUserId: String(json["decider_user_id"]),
    confirmed: json["confirmed"] !== false,
    adviserUserId: textOf(json["adviser_user_id"]),
    pastedBy: textOf(json["pasted_by"]),
    overdueTs: numberOf(json["overdue_ts"]),
    followUps: listOf(json["follow_ups"]).map(followUpOf),
    decidedTs: numberOf(json["decided_ts"]) ?? 0,
    acknowledgedTs: numberOf(json["acknowledged_ts"]),
    originalsGoTs: numberOf(json["originals_go_ts"]),
    keptBecause: keptBecauseOf(textOf(json["kept_because"])),
    sourceEventIds: textsOf(json["source_event_ids"]),
    summaryEventId: String(json["summary_event_id"] ?? ""),
    queriedBy: textsOf(json["queried_by"]),
    pictures: listOf(json["images"]).map((one) => ({
      mediaId: String(one["media_id"]),
      reference: textOf(one["reference"]),
    })),
  };
}

const SINKS: readonly Sink[] = ["fhir", "folder", "paste"];

/** One that this version does not know is not called the record. */
export const sinkOf = (json: Json): Sink =>
  SINKS.find((known) => known === json["sink"]) ?? "folder";

function followUpOf(json: Json): FollowUp {
  return {
    decisionId: String(json["decision_id"]),
    kind: String(json["kind"]) as FollowUp["kind"],
    status: statusOf(json["status"]) ?? "other",
  };
}

const KEPT: readonly KeptBecause[] = [
  "hold",
  "query",
  "undelivered",
  "other_decision",
  "entered_in_error",
  "file",
];

function keptBecauseOf(word: string | null): KeptBecause | null {
  return word === null ? null : (KEPT.find((known) => known === word) ?? "other");
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
