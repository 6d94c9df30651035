import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../../i18n/language";
import type { FieldProblem } from "./Field";

/**
 * The NHS pattern: what is wrong, first, focused, each line leading to its field. Focused with its words and not after
 * them: whoever is typing again by then is not taken from their field.
 */
export function ErrorSummary({ errors }: { errors: readonly FieldProblem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div class="summary" role="alert" tabIndex={-1} ref={box}>
      <h2 class="summary__title">{words().app.problemTitle}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.field + error.text}>
            {error.field === "" ? error.text : <ToField error={error} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ToField({ error }: { error: FieldProblem }) {
  const go = (event: MouseEvent): void => {
    event.preventDefault();
    document.querySelector<HTMLElement>(`#${CSS.escape(error.field)}`)?.focus();
  };
  return (
    <a class="summary__link" href={`#${error.field}`} onClick={go}>
      {error.text}
    </a>
  );
}
