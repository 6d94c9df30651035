import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../icon/Icon";
import "./Tag.scss";

export type TagTone = "blue" | "grey" | "amber" | "green" | "red" | "purple";

/** A word with a colour, and an icon where the colour means something. */
export function Tag({
  tone = "grey",
  icon,
  children,
}: {
  tone?: TagTone;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <span class={`tag tag--${tone}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
