import { Icon } from "../../components/icon/Icon";
import { groupWords } from "../../i18n/groups";
import { words } from "../../i18n/language";
import type { NewKind } from "../../model/newConversation";
import "./Groups.scss";

const KINDS: readonly NewKind[] = ["clinical", "operational", "social"];

/** Chosen once and for good: each has its word, its sign and its colour (G29). */
export function KindChoice({
  value,
  onChoose,
}: {
  value: NewKind;
  onChoose: (kind: NewKind) => void;
}) {
  const text = groupWords();
  return (
    <fieldset class="field choices" aria-describedby="kind-hint">
      <legend class="field__label">{text.kind}</legend>
      <p class="field__hint" id="kind-hint">
        {text.kindHint}
      </p>
      {KINDS.map((kind) => (
        <label class={`choice kind-choice kind-${kind}`} key={kind}>
          <input
            class="choice__input"
            type="radio"
            name="kind"
            value={kind}
            checked={kind === value}
            onChange={() => onChoose(kind)}
          />
          <span class="choice__mark" />
          <span class="choice__words">
            <span class="kind-choice__word">
              <Icon name={kind} size={20} />
              {words().kind[kind]}
            </span>
            <span class="choice__hint">{text.kinds[kind]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
