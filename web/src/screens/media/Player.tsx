import { enclosedWords } from "../../i18n/enclosed";
import type { Listening } from "../../model/listening";
import { minutes } from "../../model/voiceNote";
import { Drawn } from "./Drawn";

interface PlayerProps {
  model: Listening;
  /** What it is, for whoever does not see where it stands. */
  what: string;
  levels: readonly number[];
}

const STEP_MS = 1_000;

export function Player({ model, what, levels }: PlayerProps) {
  const text = enclosedWords().voice;
  const playing = model.state.value === "playing";
  const [at, all] = [model.at.value, model.ms.value];
  return (
    <div class="player" role="group" aria-label={what}>
      <button
        type="button"
        class="player__play"
        aria-label={playing ? text.pause(what) : text.listen(what)}
        aria-busy={model.state.value === "loading"}
        onClick={() => void model.toggle()}
      >
        <Drawn name={playing ? "pause" : "play"} />
      </button>
      <div class="player__middle">
        <Wave levels={levels} part={all > 0 ? at / all : 0} />
        <input
          type="range"
          class="player__place"
          min={0}
          max={Math.max(all, 1)}
          step={STEP_MS}
          value={at}
          aria-label={text.place}
          aria-valuetext={text.at(minutes(at), minutes(all))}
          onInput={(event) => model.seek(Number(event.currentTarget.value))}
        />
        <p class="player__time">
          {model.state.value === "loading"
            ? `${text.loading}…`
            : text.at(minutes(at), minutes(all))}
        </p>
      </div>
      <button
        type="button"
        class="player__speed"
        aria-label={text.speed(model.speed.value)}
        onClick={() => model.faster()}
      >
        {text.times(model.speed.value)}
      </button>
      {model.error.value !== null && (
        <p class="player__error" role="alert">
          {model.error.value}
        </p>
      )}
    </div>
  );
}

const HALF = 10;

/** How loud it is along the way; what was heard is darker. */
function Wave({ levels, part }: { levels: readonly number[]; part: number }) {
  const bars = levels.length > 0 ? levels : Array<number>(40).fill(0);
  const bar = (level: number, at: number): string => {
    const half = Math.max(1, Math.round(level * HALF));
    return `M${at * 4 + 2} ${HALF - half}v${half * 2}`;
  };
  const heard = Math.round(part * bars.length);
  const drawn = bars.map(bar);
  return (
    <svg
      class="wave"
      viewBox={`0 0 ${bars.length * 4} ${HALF * 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="wave__rest" d={drawn.slice(heard).join("")} />
      <path class="wave__heard" d={drawn.slice(0, heard).join("")} />
    </svg>
  );
}
