/** What speaking and listening need of the browser; `platform/voice` has the real ones. */

export type VoiceTrouble = "refused" | "none" | "in_use" | "not_here" | "failed";

export class VoiceProblem extends Error {
  override readonly name = "VoiceProblem";
  readonly trouble: VoiceTrouble;
  constructor(trouble: VoiceTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** What was spoken, in memory and nowhere else. */
export interface Recording {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Without parameters. */
  readonly mime: string;
  readonly ms: number;
  /** How loud it was along the way, 0 to 1. */
  readonly levels: number[];
}

export interface LiveVoice {
  /** The microphone is off from here on. */
  stop(): Promise<Recording>;
  /** Nothing is left of it. */
  drop(): void;
}

/** Something that can be listened to. */
export interface Sound {
  play(): Promise<void>;
  pause(): void;
  seek(ms: number): void;
  speed(times: number): void;
  close(): void;
}

export interface VoicePort {
  /**
   * Records from now on. `heard` ten times a second; `ended` when something else took the microphone,
   * or the page went out of sight. Rejects with a `VoiceProblem`.
   */
  record(heard: (level: number, ms: number) => void, ended: () => void): Promise<LiveVoice>;
  /** `told` where it is, and once with `ended`. */
  sound(from: string | Recording, told: (ms: number, ended: boolean) => void): Sound;
}
