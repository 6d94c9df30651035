/**
 * The microphone inside the page, and what was spoken with it. No file is ever made of it: neither
 * recorder nor player has a way out of this app.
 */
import {
  VoiceProblem,
  type LiveVoice,
  type Recording,
  type Sound,
  type VoicePort,
  type VoiceTrouble,
} from "../model/voicePort";

/** The first that a browser can make: what more phones can play comes first. */
const TYPES = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4", "audio/ogg"];
/** Speech, and small enough for poor wifi: two minutes are half a megabyte. */
const BITS_PER_SECOND = 32_000;
const EACH_MS = 100;
const MOST_LEVELS = 60;
/** Speech near a phone is far below what a microphone can take. */
const LOUDNESS = 4;

export const voice: VoicePort = {
  async record(heard, ended) {
    const stream = await streamOf();
    try {
      return recording(stream, heard, ended);
    } catch {
      stream.getTracks().forEach((track) => track.stop());
      throw new VoiceProblem("failed");
    }
  },
  sound,
};

async function streamOf(): Promise<MediaStream> {
  // Not there without HTTPS, and where the page may not.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices || !("MediaRecorder" in globalThis)) throw new VoiceProblem("not_here");
  try {
    return await devices.getUserMedia({ video: false, audio: { channelCount: { ideal: 1 } } });
  } catch (error) {
    throw new VoiceProblem(troubleOf(error instanceof Error ? error.name : ""));
  }
}

export function troubleOf(name: string): VoiceTrouble {
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "AbortError":
      return "in_use";
    default:
      return "failed";
  }
}

function recording(
  stream: MediaStream,
  heard: (level: number, ms: number) => void,
  ended: () => void,
): LiveVoice {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS_PER_SECOND,
    ...(mimeType !== undefined && { mimeType }),
  });
  const parts: Blob[] = [];
  const levels: number[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  // Before there is a clock: a recorder that does not start must not leave one.
  recorder.start();
  const meter = meterOf(stream);
  const began = performance.now();
  const timer = setInterval(() => {
    const level = meter.level();
    levels.push(level);
    heard(level, performance.now() - began);
  }, EACH_MS);
  const hidden = (): void => {
    if (document.hidden) ended();
  };
  stream.getTracks().forEach((track) => track.addEventListener("ended", ended));
  document.addEventListener("visibilitychange", hidden);
  const off = (): void => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", hidden);
    meter.close();
    stream.getTracks().forEach((track) => track.stop());
  };
  // Out of sight already: a call came while the browser asked.
  if (document.hidden) setTimeout(ended);
  return {
    async stop() {
      const ms = Math.round(performance.now() - began);
      if (recorder.state !== "inactive") {
        const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
        recorder.stop();
        await stopped;
      }
      off();
      const whole = new Blob(parts);
      parts.length = 0;
      const mime = (recorder.mimeType || "audio/webm").replace(/;.*/, "");
      return { bytes: new Uint8Array(await whole.arrayBuffer()), mime, ms, levels: few(levels) };
    },
    drop() {
      if (recorder.state !== "inactive") recorder.stop();
      parts.length = 0;
      off();
    },
  };
}

/** How loud it is now, 0 to 1. */
function meterOf(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext();
  const listening = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(listening);
  void context.resume();
  const samples = new Float32Array(listening.fftSize);
  return {
    level() {
      listening.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * LOUDNESS);
    },
    close: () => void context.close().catch(() => {}),
  };
}

/** The loudest of each stretch. */
export function few(levels: readonly number[], most = MOST_LEVELS): number[] {
  if (levels.length <= most) return [...levels];
  const at = (part: number): number => Math.floor((part * levels.length) / most);
  return Array.from({ length: most }, (_, i) => Math.max(...levels.slice(at(i), at(i + 1))));
}

function sound(from: string | Recording, told: (ms: number, ended: boolean) => void): Sound {
  const own = typeof from === "string" ? null : new Blob([from.bytes], { type: from.mime });
  const address = typeof from === "string" ? from : URL.createObjectURL(own as Blob);
  // Without controls: a browser's own offer to download what they play.
  const player = new Audio(address);
  const tell = (): void => told(player.currentTime * 1000, player.ended);
  player.addEventListener("timeupdate", tell);
  player.addEventListener("ended", tell);
  return {
    play: () => player.play(),
    pause: () => player.pause(),
    seek(ms) {
      player.currentTime = ms / 1000;
    },
    speed(times) {
      player.defaultPlaybackRate = times;
      player.playbackRate = times;
    },
    close() {
      player.pause();
      player.removeAttribute("src");
      player.load();
      if (own) URL.revokeObjectURL(address);
    },
  };
}
