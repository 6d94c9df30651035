import type { ComponentChildren } from "preact";
import { words } from "../../i18n/language";
import { Icon, type IconName } from "../icon/Icon";
import { IconButton } from "../button/Button";
import "./Bars.scss";

/** On every screen, before anything else, while the organisation is the demonstration. */
export function DemonstrationStrip() {
  return (
    <aside class="demonstration" aria-label={words().app.demonstrationLabel}>
      {words().app.demonstration}
    </aside>
  );
}

export type Status = "Offline" | "Connecting" | "Up to date";

const STATUS: Record<Status, { icon: IconName; word: "offline" | "connecting" | "upToDate" }> = {
  Offline: { icon: "offline", word: "offline" },
  Connecting: { icon: "turn", word: "connecting" },
  "Up to date": { icon: "check", word: "upToDate" },
};

/** One honest word about the connection. */
export function StatusWord({ status }: { status: Status }) {
  const { icon, word } = STATUS[status];
  return (
    <span class={`status status--${word}`} role="status">
      <Icon name={icon} size={16} turning={word === "connecting"} />
      {words().status[word]}
    </span>
  );
}

interface TopBarProps {
  title: string;
  status?: Status;
  onBack?: () => void;
  backLabel?: string;
  children?: ComponentChildren;
}

export function TopBar({ title, status, onBack, backLabel, children }: TopBarProps) {
  return (
    <header class={onBack ? "top top--with-back" : "top"}>
      {onBack && <IconButton icon="back" label={backLabel ?? words().app.back} onPress={onBack} />}
      <h1 class="top__title" tabIndex={-1}>
        {title}
      </h1>
      {status && <StatusWord status={status} />}
      {children}
    </header>
  );
}

export type TabName = "clinical" | "urgent" | "directory" | "social" | "me";

const TABS: { tab: TabName; icon: IconName }[] = [
  { tab: "clinical", icon: "clinical" },
  { tab: "urgent", icon: "bell" },
  { tab: "directory", icon: "directory" },
  { tab: "social", icon: "social" },
  { tab: "me", icon: "person" },
];

interface BottomBarProps {
  now: TabName;
  /** Urgent messages that wait for this person's answer. */
  urgent: number;
  onTab: (tab: TabName) => void;
}

export function BottomBar({ now, urgent, onTab }: BottomBarProps) {
  return (
    <nav class="bottom" aria-label={words().nav.label}>
      {TABS.map(({ tab, icon }) => (
        <button
          type="button"
          key={tab}
          class="bottom__tab"
          aria-current={tab === now ? "page" : undefined}
          onClick={() => onTab(tab)}
        >
          <Icon name={icon} size={24} />
          {words().nav[tab]}
          {tab === "urgent" && urgent > 0 && (
            <span class="bottom__count">
              {urgent}
              <span class="hidden"> {words().nav.unanswered}</span>
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
