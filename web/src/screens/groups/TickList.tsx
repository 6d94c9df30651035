import { errorOf, FieldError, type FieldProblem } from "../../components/form/Field";
import "./Groups.scss";

export interface Tickable {
  readonly userId: string;
  readonly name: string;
  readonly hint: string;
  readonly possible: boolean;
}

/** People who come together, each of whom can be unticked. */
export function TickList(props: {
  legend: string;
  people: readonly Tickable[];
  ticked: ReadonlySet<string>;
  onTick: (userId: string, on: boolean) => void;
  errors: readonly FieldProblem[];
}) {
  return (
    <fieldset class="field choices">
      <legend class="field__label">{props.legend}</legend>
      <FieldError id="team" text={errorOf("team", props.errors)} />
      {props.people.map((person, index) => (
        <label class="team-one" key={person.userId}>
          <input
            class="team-one__box"
            type="checkbox"
            id={index === 0 ? "team" : undefined}
            checked={props.ticked.has(person.userId)}
            disabled={!person.possible}
            onChange={(event) => props.onTick(person.userId, event.currentTarget.checked)}
          />
          <span class="choice__words">
            {person.name}
            <span class="choice__hint">{person.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
