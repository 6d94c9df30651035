import type { ComponentChildren } from "preact";
import { initials } from "../../i18n/format";
import "./Person.scss";

/** A photo, or initials where there is none; the name is always beside it in full. */
export function Face({
  name,
  photo = null,
  large = false,
}: {
  name: string;
  photo?: string | null;
  large?: boolean;
}) {
  return (
    <span class={large ? "face face--large" : "face"} aria-hidden="true">
      {photo === null ? initials(name) : <img class="face__photo" src={photo} alt="" />}
    </span>
  );
}

interface PersonLineProps {
  name: string;
  role: string;
  ward: string;
  photo?: string | null;
  children?: ComponentChildren;
}

/** Always the full name with role and ward: a first name alone is how the wrong person is chosen. */
export function PersonLine({ name, role, ward, photo, children }: PersonLineProps) {
  return (
    <span class="person">
      <Face name={name} photo={photo ?? null} />
      <span class="person__words">
        <span class="person__name">{name}</span>
        <span class="person__role">{[role, ward].filter(Boolean).join(", ")}</span>
        {children}
      </span>
    </span>
  );
}
