import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/language";
import "./Screen.scss";

interface ScreenProps {
  /** For the window and the screen reader; never a patient, a colleague or a purpose. */
  title: string;
  kind?: "clinical" | "operational" | "social" | "other";
  children: ComponentChildren;
}

/**
 * A whole screen: one column, nothing scrolls but its body. Moves the focus to its heading: with the screen and not after
 * it, so that on a slow phone it is not taken from a field that somebody has already tapped.
 */
export function Screen({ title, kind, children }: ScreenProps) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    document.title = `${title} – ${words().app.name}`;
    root.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div class={kind === undefined ? "screen" : `screen kind-${kind}`} ref={root}>
      {children}
    </div>
  );
}

/** The part that scrolls. */
export function Body({
  children,
  plain = false,
}: {
  children: ComponentChildren;
  plain?: boolean;
}) {
  return (
    <main class={plain ? "body" : "body body--padded"} id="main">
      {children}
    </main>
  );
}

/** Before the app is open there is no bar: the name, quietly, then the one thing to do. */
export function Entrance({ children }: { children: ComponentChildren }) {
  return (
    <main class="entrance" id="main">
      <p class="entrance__name">
        <Mark />
        {words().app.name}
      </p>
      {children}
    </main>
  );
}

/** The same picture as the icon on the home screen. */
function Mark() {
  return (
    <svg viewBox="0 0 64 64" width="36" height="36" aria-hidden="true">
      <rect width="64" height="64" rx="12" fill="#005eb8" />
      <path d="M20 8l10 22h4L44 8" fill="none" stroke="#fff" stroke-width="4" />
      <rect x="18" y="30" width="28" height="24" rx="4" fill="#fff" />
      <path d="M24 38h16M24 46h10" stroke="#005eb8" stroke-width="4" />
    </svg>
  );
}

export function Heading({ children, hint }: { children: ComponentChildren; hint?: string }) {
  return (
    <div class="heading">
      <h1 class="heading__title" tabIndex={-1}>
        {children}
      </h1>
      {hint && <p class="heading__hint">{hint}</p>}
    </div>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="section">
      <h2 class="section__title">{title}</h2>
      {children}
    </section>
  );
}
