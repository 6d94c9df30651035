import { VoiceProblem, type LiveVoice, type Recording } from "../src/model/voicePort";
import type { Sound, VoicePort, VoiceTrouble } from "../src/model/voicePort";

/** A microphone that hears what a test says; counts what is still open. */
export class FakeVoice implements VoicePort {
  trouble: VoiceTrouble | null = null;
  open = 0;
  sounds = 0;
  playing = 0;
  deeds: string[] = [];
  heard: (level: number, ms: number) => void = () => {};
  ended: () => void = () => {};
  told: (ms: number, ended: boolean) => void = () => {};
  refusesToPlay = false;
  failsToStop = false;
  private ms = 0;

  record(heard: FakeVoice["heard"], ended: () => void): Promise<LiveVoice> {
    if (this.trouble) return Promise.reject(new VoiceProblem(this.trouble));
    this.open++;
    this.heard = (level, ms) => {
      this.ms = ms;
      heard(level, ms);
    };
    this.ended = ended;
    return Promise.resolve({
      stop: () => {
        if (this.failsToStop) return Promise.reject(new Error("no"));
        this.open--;
        const bytes = new Uint8Array([1, 2, 3]);
        return Promise.resolve({ bytes, mime: "audio/webm", ms: this.ms, levels: [0, 1] });
      },
      drop: () => void this.open--,
    });
  }

  sound(from: string | Recording, told: FakeVoice["told"]): Sound {
    this.sounds++;
    this.told = told;
    const did = (deed: string): void => void this.deeds.push(deed);
    did(typeof from === "string" ? from : "own");
    return {
      play: () => {
        if (this.refusesToPlay) return Promise.reject(new Error("no"));
        did("play");
        this.playing++;
        return Promise.resolve();
      },
      pause: () => {
        did("pause");
        this.playing = 0;
      },
      seek: (ms) => did(`seek ${ms}`),
      speed: (times) => did(`speed ${times}`),
      close: () => void this.sounds--,
    };
  }
}
