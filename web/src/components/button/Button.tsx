import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../icon/Icon";
import "./Button.scss";

type Look = "primary" | "secondary" | "danger" | "quiet";

interface ButtonProps {
  look?: Look;
  type?: "button" | "submit";
  /** Full width: the one thing to do on a screen. */
  wide?: boolean;
  small?: boolean;
  icon?: IconName;
  /** What it is doing, shown instead of the label; the button keeps the focus and ignores taps. */
  busy?: string | false;
  disabled?: boolean;
  label?: string;
  onPress?: () => void;
  children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { look = "primary", wide = false, small = false, busy = false, icon } = props;
  const classes = ["button", `button--${look}`, wide && "button--wide", small && "button--small"];
  const press = (event: JSX.TargetedMouseEvent<HTMLButtonElement>): void => {
    if (busy !== false) event.preventDefault();
    else props.onPress?.();
  };
  return (
    <button
      type={props.type ?? "button"}
      class={classes.filter(Boolean).join(" ")}
      disabled={props.disabled}
      aria-disabled={busy !== false ? "true" : undefined}
      aria-label={busy === false ? props.label : undefined}
      onClick={press}
    >
      {busy !== false ? (
        <Icon name="turn" size={20} turning />
      ) : (
        icon && <Icon name={icon} size={20} />
      )}
      <span>{busy !== false ? `${busy}…` : props.children}</span>
    </button>
  );
}

/** A square with an icon; its word is there for screen readers. */
export function IconButton({
  icon,
  label,
  onPress,
  size = 24,
}: {
  icon: IconName;
  label: string;
  onPress: () => void;
  size?: number;
}) {
  return (
    <button type="button" class="icon-button" aria-label={label} onClick={onPress}>
      <Icon name={icon} size={size} />
    </button>
  );
}
