/** Listening to what somebody spoke. One at a time. */
import { signal } from "@preact/signals";
import { enclosedWords } from "../i18n/enclosed";
import type { App } from "./app";
import { attempt, problemText } from "./problem";
import type { Recording, Sound } from "./voicePort";

export const SPEEDS = [1, 1.5, 2] as const;
const STILL_HERE_MS = 5_000;

/** Who listens fast listens fast to the next one too. */
const speed = signal<(typeof SPEEDS)[number]>(1);
let hushOther: (() => void) | null = null;

export class Listening {
  readonly state = signal<"still" | "loading" | "playing">("still");
  readonly at = signal(0);
  readonly error = signal<string | null>(null);
  readonly speed = speed;
  /** As its sender said; longer once it turns out to be. */
  readonly ms = signal(0);
  private readonly hush = (): void => this.pause();
  private sound: Sound | null = null;
  private closed = false;
  private toldTs = 0;
  private sinceTs = 0;
  private readonly app: App;
  private readonly from: Recording | { readonly roomId: string; readonly key: string };

  constructor(app: App, from: Listening["from"], ms: number) {
    this.app = app;
    this.from = from;
    this.ms.value = ms;
  }

  async toggle(): Promise<void> {
    if (this.state.value === "playing") return this.pause();
    if (this.state.value === "loading") return;
    this.error.value = null;
    this.state.value = "loading";
    try {
      this.sound ??= await this.open();
      if (this.sound === null || this.closed) {
        this.closeSound();
        return this.stand();
      }
      hushOther?.();
      hushOther = this.hush;
      this.sound.speed(speed.value);
      this.sinceTs = this.app.surroundings.now();
      await this.sound.play();
      this.state.value = "playing";
    } catch {
      this.closeSound();
      this.stand();
      this.error.value = enclosedWords().voice.cannotPlay;
    }
  }

  pause(): void {
    this.sound?.pause();
    this.stand();
  }

  seek(ms: number): void {
    this.at.value = Math.min(Math.max(0, ms), this.ms.value);
    this.sound?.seek(this.at.value);
  }

  faster(): void {
    speed.value = SPEEDS[(SPEEDS.indexOf(speed.value) + 1) % SPEEDS.length] ?? 1;
    this.sound?.speed(speed.value);
  }

  close(): void {
    this.closed = true;
    this.closeSound();
    this.stand();
  }

  private stand(): void {
    if (hushOther === this.hush) hushOther = null;
    this.state.value = "still";
  }

  private closeSound(): void {
    this.sound?.close();
    this.sound = null;
  }

  private async open(): Promise<Sound | null> {
    const from = await this.address();
    if (from === null) return null;
    const voice = await this.app.surroundings.voice();
    const sound = voice.sound(from, (ms, ended) => this.told(ms, ended));
    if (this.at.value > 0) sound.seek(this.at.value);
    return sound;
  }

  private async address(): Promise<string | Recording | null> {
    if ("bytes" in this.from) return this.from;
    const outcome = await attempt(this.app.session, "media", this.from);
    if (outcome.ok) return outcome.answer.url;
    this.error.value = problemText(outcome.problem);
    return null;
  }

  private told(ms: number, ended: boolean): void {
    if (this.closed) return;
    this.ms.value = Math.max(this.ms.value, ms);
    this.at.value = ended ? 0 : ms;
    if (ended) {
      this.stand();
      this.sound?.seek(0);
    }
    const now = this.app.surroundings.now();
    // Listening is use, though nobody touches anything: no longer than our longest note, whatever came.
    const most = (this.app.session.live.policy.peek()?.voiceSeconds ?? 0) * 1000;
    if (ended || now - this.sinceTs > most || now - this.toldTs < STILL_HERE_MS) return;
    this.toldTs = now;
    this.app.session.stayOpen();
  }
}
