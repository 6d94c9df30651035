import "./Icon.scss";

/** Drawn on a 24 grid with one line width; always beside a word, so hidden from screen readers. */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 5v14M5 12h14",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21",
  check: "M5 12.5l4.5 4.5L19 7.5",
  checks: "M2 12.5l4.5 4.5L16 7.5M11.5 16l1 1L22 7.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  alert: "M12 3.5L22 20.5H2zM12 10v4.5M12 17.5h.01",
  offline:
    "M3 3l18 18M5 12.5a10 10 0 0 1 4.2-2.6M19 12.5a10 10 0 0 0-5.5-2.9M8.5 16a5 5 0 0 1 7 0M12 19.5h.01M2 9a15 15 0 0 1 4.3-2.7M22 9a15 15 0 0 0-11.5-4",
  turn: "M12 3a9 9 0 1 0 9 9",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-3.9 3.6-6 7.5-6s6.9 2.1 7.5 6",
  people:
    "M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.500c.5-3.3 3-5.2 6.5-5.200s6 1.9 6.5 5.200M16 4.800a3.5 3.5 0 0 1 0 6.400M18 14.700c2 .7 3.2 2.4 3.5 4.8",
  clinical: "M2.5 12.500h4l2.5-7 5 13 2.5-6h5",
  operational: "M4 6h16M4 12h16M4 18h9",
  social:
    "M5 9h11v5a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5zM16 10h1.500a2.5 2.5 0 0 1 0 5H16M8 3v2.500M12.5 3v2.5",
  other: "M9 9a3 3 0 1 1 4.5 2.600c-1 .6-1.5 1.2-1.5 2.400M12 17.500h.01",
  lock: "M6 11h12v9.500H6zM8.5 11V7.500a3.5 3.5 0 0 1 7 0V11",
  phone: "M7 2.500h10v19H7zM11 18.500h2",
  record: "M6 2.500h8.500L18.5 6.500v15H6zM14 2.500v4.500h4.500M9 12h6.500M9 16h6.5",
  folder: "M3 6h6.500l2 2.500H21V19H3z",
  undo: "M8 5L3.5 9.5 8 14M3.5 9.500H15a5.5 5.5 0 0 1 0 11h-4",
  send: "M3.5 12L21 4l-5.5 17-3.5-7z M12 14L21 4",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500h.01",
  question:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.500a2.5 2.5 0 1 1 3.7 2.200c-.8.5-1.2 1-1.2 1.900M12 16.800h.01",
  directory:
    "M5 3h14v18H5zM3 7.500h3M3 12h3M3 16.500h3M12.5 11.500a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.600zM8.8 17c.3-2.2 1.8-3.4 3.7-3.400s3.4 1.2 3.7 3.4",
  bin: "M4 6.500h16M9 6.500V4h6v2.500M6.5 6.500l1 14h9l1-14M10.5 10.500v6M13.5 10.500v6",
  down: "M12 5v14M6 13l6 6 6-6",
  camera:
    "M3 7.500h4L8.500 5h7L17 7.500h4v12H3zM12 17a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  crop: "M6.500 2v15.500H22M2 6.500h15.500V22",
  hide: "M3 3l18 18M2.500 12C4 8.500 7.500 6 12 6s8 2.500 9.500 6c-1.500 3.500-5 6-9.500 6s-8-2.500-9.500-6z",
  arrow: "M4 20L20 4M9.500 4H20v10.500",
  minus: "M5 12h14",
  up: "M12 19V5M6 11l6-6 6 6",
  toLeft: "M19 12H5M11 6l-6 6 6 6",
  toRight: "M5 12h14M13 6l6 6-6 6",
  key: "M8 16a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12.5 11.500H22M18.5 11.500V15M15.5 11.500v2.5",
  shield: "M12 2.500l8 3v6c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10v-6z",
  bell: "M5 17v-1.500l1.500-2V10a5.5 5.5 0 0 1 11 0v3.500l1.5 2V17zM10 20.500h4",
  reply: "M9 5L4 10l5 5M4 10h9a7 7 0 0 1 7 7v2",
  forward: "M15 5l5 5-5 5M20 10h-9a7 7 0 0 0-7 7v2",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  pin: "M9 3h6l-1 7 4 4H6l4-4zM12 14v7",
  mute: "M4 9.500h4l5-4v13l-5-4H4zM17 9.500l4 5M21 9.500l-4 5",
  speech: "M3 4.500h18v12H11l-4.5 4v-4H3z",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({
  name,
  size = 24,
  turning = false,
}: {
  name: IconName;
  size?: number;
  turning?: boolean;
}) {
  return (
    <svg
      class={turning ? "icon icon--turning" : name === "more" ? "icon icon--dots" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
