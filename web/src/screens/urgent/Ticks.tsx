import type { Choice } from "../../components/form/Field";
import { FieldError } from "../../components/form/Field";

interface TicksProps {
  id: string;
  legend: string;
  choices: readonly Choice[];
  values: readonly string[];
  onToggle: (value: string) => void;
  error?: string | undefined;
}

/** Boxes in the shape of the radios, where more than one may be chosen. */
export function Ticks({ id, legend, choices, values, onToggle, error }: TicksProps) {
  return (
    <fieldset
      class={error === undefined ? "field choices" : "field choices field--error"}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
    >
      <legend class="field__label">{legend}</legend>
      <FieldError id={id} text={error} />
      {choices.map((choice, index) => (
        <label class="choice choice--tick" key={choice.value}>
          <input
            class="choice__input"
            type="checkbox"
            id={index === 0 ? id : undefined}
            checked={values.includes(choice.value)}
            onChange={() => onToggle(choice.value)}
          />
          <span class="choice__mark" />
          <span class="choice__words">
            {choice.label}
            {choice.hint && <span class="choice__hint">{choice.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
