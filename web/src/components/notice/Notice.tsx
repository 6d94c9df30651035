import type { ComponentChildren } from "preact";
import { words } from "../../i18n/language";
import { Button } from "../button/Button";
import { Icon, type IconName } from "../icon/Icon";
import "./Notice.scss";

type Tone = "plain" | "offline" | "warning" | "done" | "problem";

const ICONS: Record<Tone, IconName> = {
  plain: "info",
  offline: "offline",
  warning: "alert",
  done: "check",
  problem: "alert",
};

/** A strip across the screen: something true of all of it. */
export function Strip({
  tone,
  icon,
  children,
}: {
  tone: Tone;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <div class={`strip strip--${tone}`} role="status">
      <Icon name={icon ?? ICONS[tone]} size={18} />
      <div class="strip__words">{children}</div>
    </div>
  );
}

/** A sentence that matters, inside a screen. */
export function Note({
  tone = "plain",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <div class={`note note--${tone}`}>
      <Icon name={icon ?? ICONS[tone]} size={20} />
      <div class="note__words">{children}</div>
    </div>
  );
}

interface StateProps {
  icon: IconName;
  title: string;
  text?: string;
  action?: { label: string; icon?: IconName; onPress: () => void };
  /** An error is said at once; an empty list is not urgent. */
  alert?: boolean;
  /** It is the whole screen, so its title is the screen's heading. */
  whole?: boolean;
}

/** What stands where a list would be: nothing yet, nothing found, or it failed and how to go on. */
export function State({ icon, title, text, action, alert = false, whole = false }: StateProps) {
  const Title = whole ? "h1" : "h2";
  return (
    <div class="state" role={alert ? "alert" : undefined}>
      <span class="state__icon">
        <Icon name={icon} size={32} />
      </span>
      <Title class="state__title" tabIndex={-1}>
        {title}
      </Title>
      {text && <p class="state__text">{text}</p>}
      {action && (
        <Button icon={action.icon} onPress={action.onPress}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

export function FailedState({
  title,
  text,
  onRetry,
  offline = false,
}: {
  title: string;
  text: string;
  onRetry: () => void;
  offline?: boolean;
}) {
  return (
    <State
      alert
      icon={offline ? "offline" : "alert"}
      title={title}
      text={text}
      action={{ label: words().app.tryAgain, onPress: onRetry }}
    />
  );
}
