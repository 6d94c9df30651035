/** Speaking a message: recorded, listened to, and only then sent. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { RoomSummary } from "../engine/protocol";
import { enclosedWords } from "../i18n/enclosed";
import type { App } from "./app";
import { Enclosing } from "./enclosing";
import { VoiceProblem, type LiveVoice, type Recording, type VoiceTrouble } from "./voicePort";

/** Shorter is a finger that slipped. */
const SHORTEST_MS = 1_000;
/** A press that is longer is held: letting go ends it. */
const HELD_MS = 500;
const LAST_SECONDS_MS = 10_000;
const SILENT = 0.01;
const SILENT_MS = 3_000;
const STILL_HERE_MS = 5_000;

export class VoiceNoteModel {
  readonly step = signal<"ready" | "recording" | "check">("ready");
  readonly ms = signal(0);
  readonly level = signal(0);
  /** Nothing was heard for a while: a hand on the microphone, or it is switched off. */
  readonly silent = signal(false);
  readonly trouble = signal<VoiceTrouble | null>(null);
  readonly taken = signal<Recording | null>(null);
  readonly error = signal<string | null>(null);
  readonly busy = signal<"opening" | "sending" | null>(null);
  readonly mostMs: number;
  readonly nearEnd: ReadonlySignal<boolean> = computed(
    () => this.step.value === "recording" && this.mostMs - this.ms.value <= LAST_SECONDS_MS,
  );
  private live: LiveVoice | null = null;
  private heardMs = 0;
  private toldMs = 0;
  private closed = false;
  private readonly app: App;
  private readonly enclosing: Enclosing;

  constructor(app: App, roomId: string) {
    this.app = app;
    this.enclosing = new Enclosing(app, roomId);
    this.mostMs = (app.session.live.policy.peek()?.voiceSeconds ?? 0) * 1000;
  }

  /** One button: begins, and ends. */
  async press(): Promise<void> {
    if (this.step.value === "recording") await this.stop();
    else await this.start();
  }

  /** The same button was let go. */
  async letGo(heldMs: number): Promise<void> {
    if (this.step.value === "recording" && heldMs >= HELD_MS) await this.stop();
  }

  async start(): Promise<void> {
    if (this.busy.value !== null || this.step.value === "recording") return;
    this.forget();
    this.enclosing.begin();
    this.trouble.value = null;
    this.busy.value = "opening";
    try {
      const voice = await this.app.surroundings.voice();
      const live = await voice.record(
        (level, ms) => this.heard(level, ms),
        () => void this.stop(),
      );
      if (this.closed) {
        live.drop();
        return;
      }
      this.live = live;
      this.step.value = "recording";
    } catch (error) {
      this.trouble.value = error instanceof VoiceProblem ? error.trouble : "failed";
    } finally {
      this.busy.value = null;
    }
  }

  async stop(): Promise<void> {
    const { live } = this;
    if (live === null) return;
    this.live = null;
    const taken = await live.stop().catch(() => null);
    if (taken === null) live.drop();
    if (this.closed) return;
    if (taken === null) {
      this.trouble.value = "failed";
      this.step.value = "ready";
      return;
    }
    const nothing = taken.bytes.length === 0 || taken.ms < SHORTEST_MS;
    this.taken.value = nothing ? null : taken;
    this.error.value = nothing ? enclosedWords().voice.tooShort : null;
    this.step.value = nothing ? "ready" : "check";
  }

  again(): Promise<void> {
    this.step.value = "ready";
    return this.start();
  }

  /** True when it is sealed in the outbox. */
  async send(): Promise<boolean> {
    const taken = this.taken.value;
    if (taken === null || this.busy.value !== null) return false;
    this.busy.value = "sending";
    try {
      const { bytes, mime, ms, levels } = taken;
      const said = {
        sound: bytes,
        mime,
        ms,
        levels,
        text: enclosedWords().voice.said(minutes(ms)),
      };
      this.error.value = await this.enclosing.put("sendVoice", said);
      return this.error.value === null;
    } finally {
      this.busy.value = null;
    }
  }

  /** Of what was not sent nothing is left. */
  close(): void {
    this.closed = true;
    this.live?.drop();
    this.live = null;
    this.forget();
  }

  private heard(level: number, ms: number): void {
    if (this.closed) return;
    // What was opened is told of before it is known here.
    this.ms.value = ms;
    this.level.value = level;
    if (level > SILENT) this.heardMs = ms;
    this.silent.value = ms - this.heardMs > SILENT_MS;
    // Somebody speaks and touches nothing: that is use, and it ends when the longest note does.
    if (ms - this.toldMs >= STILL_HERE_MS) {
      this.toldMs = ms;
      this.app.session.stayOpen();
    }
    if (ms >= this.mostMs) void this.stop();
  }

  private forget(): void {
    this.taken.value = null;
    this.error.value = null;
    this.silent.value = false;
    this.ms.value = 0;
    this.level.value = 0;
    this.heardMs = 0;
    this.toldMs = 0;
  }
}

/** "1:05". */
export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What the policy lets go with a message in this conversation. */
export function enclosable(app: App, room: RoomSummary): { voice: boolean; files: boolean } {
  const policy = app.session.live.policy.value;
  const use = policy?.rooms?.[room.kind];
  return {
    voice: use?.voice === true && (policy?.voiceSeconds ?? 0) > 0,
    files: use?.files === true && (policy?.fileBytes ?? 0) > 0,
  };
}
