import type { AlarmPort } from "../model/surroundings";

/** Three pairs of tones, unlike anything else that this app or a ward's monitors do. */
const TONES = [880, 660, 880, 660, 880, 660];
const EACH_S = 0.18;
const SHAKES = [300, 120, 300, 120, 300];
/** What the service worker says to an open page; see `pushed.ts`. */
const PUSHED = "urgent";

let audio: AudioContext | null = null;

/** A browser that has not been touched yet stays silent: the words and the shaking remain. */
export const browserAlarm: AlarmPort = {
  ring: () => {
    navigator.vibrate?.(SHAKES);
    try {
      sound();
    } catch {
      // A browser without WebAudio.
    }
  },
  onPushed: (run) => {
    const hear = ({ data }: MessageEvent): void => {
      if (data === PUSHED) run();
    };
    navigator.serviceWorker?.addEventListener("message", hear);
    return () => navigator.serviceWorker?.removeEventListener("message", hear);
  },
};

function sound(): void {
  const context = (audio ??= new AudioContext());
  void context.resume();
  const start = context.currentTime + 0.02;
  TONES.forEach((hertz, at) => {
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    const begins = start + at * EACH_S;
    tone.type = "square";
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime(0.25, begins);
    gain.gain.setValueAtTime(0, begins + EACH_S * 0.8);
    tone.connect(gain).connect(context.destination);
    tone.start(begins);
    tone.stop(begins + EACH_S);
  });
}
