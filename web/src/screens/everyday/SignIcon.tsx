/** Drawn here, so that a sign looks the same on every phone and is there without a font for it. */
const PATHS: Record<string, string> = {
  "👍": "M7 11v9H4v-9zM7 11l4-8a2.5 2.5 0 0 1 2.500 3L13 9h5.500a2 2 0 0 1 2 2.400l-1.400 7A2 2 0 0 1 17 20H7",
  "✅": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.500l3 3 5-6",
  "👀": "M2 12s3.500-6.500 10-6.500S22 12 22 12s-3.500 6.500-10 6.500S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  "🙏": "M12 20S4 15 4 9.500A4 4 0 0 1 12 8a4 4 0 0 1 8 1.500C20 15 12 20 12 20z",
  "❓": "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500h.01",
};

export function SignIcon({ sign, size }: { sign: string; size: number }) {
  const path = PATHS[sign];
  if (path === undefined) return <span aria-hidden="true">{sign}</span>;
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
