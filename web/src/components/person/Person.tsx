import type { ComponentChildren } from "preact";
import { initials } from "../../i18n/format";
import "./Person.scss";

/** Initials stand in until there are photos; the name is always beside them in full. */
export function Face({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span class={large ? "face face--large" : "face"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

interface PersonLineProps {
  name: string;
  role: string;
  ward: string;
  children?: ComponentChildren;
}

/** Always the full name with role and ward: a first name alone is how the wrong person is chosen. */
export function PersonLine({ name, role, ward, children }: PersonLineProps) {
  return (
    <span class="person">
      <Face name={name} />
      <span class="person__words">
        <span class="person__name">{name}</span>
        <span class="person__role">{[role, ward].filter(Boolean).join(", ")}</span>
        {children}
      </span>
    </span>
  );
}
