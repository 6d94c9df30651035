import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { words } from "../../i18n/language";
import "./Form.scss";

export interface FieldProblem {
  readonly field: string;
  readonly text: string;
}

interface FieldProps {
  id: string;
  label: string;
  value: string;
  onType: (text: string) => void;
  errors?: readonly FieldProblem[];
  hint?: string;
  type?: "text" | "password" | "datetime-local" | "search" | "time";
  inputMode?: JSX.HTMLAttributes<HTMLInputElement>["inputMode"];
  autoComplete?: string;
  /** Short things get a short box, so that its size says what is expected. */
  width?: "code" | "number";
  maxLength?: number;
  autoCapitalize?: string;
}

export const errorOf = (
  id: string,
  errors: readonly FieldProblem[] | undefined,
): string | undefined => errors?.find((error) => error.field === id)?.text;

const describedBy = (
  id: string,
  hint: string | undefined,
  error: string | undefined,
): string | undefined =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;

export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p class="field__error" id={`${id}-error`}>
      <span class="hidden">{words().app.error} </span>
      {text}
    </p>
  );
}

export function Field(props: FieldProps) {
  const { id, label, hint, errors } = props;
  const error = errorOf(id, errors);
  return (
    <div class={error === undefined ? "field" : "field field--error"}>
      <label class="field__label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} text={error} />
      <Input {...props} error={error} />
    </div>
  );
}

function Input(props: FieldProps & { error: string | undefined }) {
  const { id, type = "text", width } = props;
  const [shown, setShown] = useState(false);
  const input = (
    <input
      class={width === undefined ? "field__input" : `field__input field__input--${width}`}
      id={id}
      name={id}
      type={type === "password" && shown ? "text" : type}
      value={props.value}
      inputMode={props.inputMode}
      autocomplete={(props.autoComplete ?? "off") as "off"}
      autocapitalize={(props.autoCapitalize ?? "off") as "off"}
      autocorrect="off"
      spellcheck={false}
      maxLength={props.maxLength}
      aria-invalid={props.error !== undefined ? "true" : undefined}
      aria-describedby={describedBy(id, props.hint, props.error)}
      onInput={(event) => props.onType(event.currentTarget.value)}
    />
  );
  if (type !== "password") return input;
  const text = words().signIn;
  return (
    <span class="field__with-button">
      {input}
      <button
        type="button"
        class="field__show"
        aria-controls={id}
        aria-label={`${shown ? text.hide : text.show} ${props.label}`}
        onClick={() => setShown(!shown)}
      >
        {shown ? text.hide : text.show}
      </button>
    </span>
  );
}

interface AreaProps {
  id: string;
  label: string;
  value: string;
  onType: (text: string) => void;
  errors?: readonly FieldProblem[];
  hint?: string;
  rows?: number;
}

export function Area({ id, label, value, onType, errors, hint, rows = 3 }: AreaProps) {
  const error = errorOf(id, errors);
  return (
    <div class={error === undefined ? "field" : "field field--error"}>
      <label class="field__label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} text={error} />
      <textarea
        class="field__input field__input--area"
        id={id}
        name={id}
        rows={rows}
        value={value}
        autocomplete="off"
        aria-invalid={error !== undefined ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </div>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

interface ChoicesProps {
  id: string;
  legend: string;
  hint?: string;
  choices: readonly Choice[];
  value: string | null;
  onChoose: (value: string) => void;
  errors?: readonly FieldProblem[];
}

/** Radios in the NHS shape; the first carries the id, so that the error summary can go there. */
export function Choices({ id, legend, hint, choices, value, onChoose, errors }: ChoicesProps) {
  const error = errorOf(id, errors);
  return (
    <fieldset
      class={error === undefined ? "field choices" : "field choices field--error"}
      aria-describedby={describedBy(id, hint, error)}
    >
      <legend class="field__label">{legend}</legend>
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} text={error} />
      {choices.map((choice, index) => (
        <label class="choice" key={choice.value}>
          <input
            class="choice__input"
            type="radio"
            id={index === 0 ? id : undefined}
            name={id}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
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
