/** The lost-phone page: which phones, what is known of each, what could be read, the note about it. */
import { signal } from "@preact/signals";
import type { LostDeed, LostDeeds } from "./session";
import { Refusal, type Problem } from "../engine/words";

const KINDS = [
  "access_stopped",
  "instruction_delivered",
  "app_reported",
  "unreadable_since",
] as const;
export type EvidenceKind = (typeof KINDS)[number];

export interface LostPhone {
  readonly handsetId: string;
  readonly name: string;
  readonly platform: string;
  readonly owner: "own" | "trust";
  readonly lastSeenTs: number;
  readonly offlineUntilTs: number | null;
  readonly state: string;
  readonly evidence: { readonly kind: EvidenceKind; readonly ts: number } | null;
}

export interface ReadableRoom {
  readonly roomId: string;
  readonly kind: string;
  readonly purpose: string;
  readonly members: number;
}

export interface LostReport {
  readonly handsetId: string;
  readonly fromTs: number;
  readonly untilTs: number;
  readonly rooms: readonly ReadableRoom[];
  readonly note: string;
  readonly dueTs: number;
}

export class LostModel {
  readonly phones = signal<readonly LostPhone[] | null>(null);
  readonly report = signal<LostReport | null>(null);
  readonly asking = signal<LostPhone | null>(null);
  /** The deed under way and its phone: `lock h1`. */
  readonly busy = signal("");
  readonly problem = signal<Problem | null>(null);
  private readonly deeds: LostDeeds;

  constructor(deeds: LostDeeds) {
    this.deeds = deeds;
  }

  async load(): Promise<void> {
    await this.do("list", "");
  }

  async do(deed: LostDeed, handsetId: string): Promise<void> {
    if (this.busy.value !== "") return;
    this.busy.value = `${deed} ${handsetId}`;
    this.problem.value = null;
    try {
      const answer = await this.deeds.ask(deed, handsetId);
      if (deed === "report") this.report.value = reportOf(answer);
      else {
        this.phones.value = list(answer["handsets"]).map(phoneOf);
        this.report.value = null;
        this.asking.value = null;
      }
    } catch (error) {
      this.asking.value = null;
      this.problem.value =
        error instanceof Refusal
          ? error.problem
          : { code: "unexpected", sentence: "Something went wrong in the app." };
    } finally {
      this.busy.value = "";
    }
  }
}

type Json = Record<string, unknown>;

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const object = (value: unknown): Json =>
  value && typeof value === "object" ? (value as Json) : {};

export function phoneOf(json: Json): LostPhone {
  const said = object(json["evidence"]);
  const kind = KINDS.find((one) => one === said["kind"]);
  const offline = json["offline_until_ts"];
  return {
    handsetId: String(json["handset_id"]),
    name: String(json["name"]),
    platform: String(json["platform"]),
    owner: json["owner"] === "trust" ? "trust" : "own",
    lastSeenTs: Number(json["last_seen_ts"]),
    offlineUntilTs: typeof offline === "number" ? offline : null,
    state: String(json["state"]),
    evidence: kind ? { kind, ts: Number(said["ts"]) } : null,
  };
}

export function reportOf(json: Json): LostReport {
  const readable = object(json["readable"]);
  const note = object(json["breach_note"]);
  return {
    handsetId: String(json["handset_id"]),
    fromTs: Number(readable["from_ts"]),
    untilTs: Number(readable["until_ts"]),
    rooms: list(readable["rooms"]).map((room) => ({
      roomId: String(room["room_id"]),
      kind: String(room["kind"]),
      purpose: String(room["purpose"]),
      members: Number(room["members"]),
    })),
    note: String(note["text"]),
    dueTs: Number(note["due_ts"]),
  };
}
