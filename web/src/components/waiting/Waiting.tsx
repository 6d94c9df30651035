import { useEffect, useState } from "preact/hooks";
import { words } from "../../i18n/language";
import "./Waiting.scss";

const SLOW_AFTER = 3_000;

/** True once waiting has lasted long enough that a person wonders. */
export function useSlow(waiting: boolean, after = SLOW_AFTER): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), after);
    return () => clearTimeout(timer);
  }, [waiting, after]);
  return slow;
}

/** Grey rows in the shape of what comes, and a sentence when it takes long. */
export function Waiting({
  label,
  rows = 4,
  shape = "row",
}: {
  label: string;
  rows?: number;
  shape?: "row" | "message" | "card";
}) {
  const slow = useSlow(true);
  return (
    <div class="waiting">
      <p class="hidden" role="status">
        {label}
      </p>
      {slow && (
        <p class="waiting__slow" role="status">
          {words().app.slow}
        </p>
      )}
      <div aria-hidden="true">
        {Array.from({ length: rows }, (_, index) => (
          <div class={`waiting__${shape}`} key={index} />
        ))}
      </div>
    </div>
  );
}

export function SlowLine({ waiting }: { waiting: boolean }) {
  return useSlow(waiting, 5_000) ? (
    <p class="waiting__slow" role="status">
      {words().app.slow}
    </p>
  ) : null;
}
