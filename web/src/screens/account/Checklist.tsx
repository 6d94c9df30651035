import { Button } from "../../components/button/Button";
import { Choices } from "../../components/form/Field";
import { Icon, type IconName } from "../../components/icon/Icon";
import { SheetForm } from "../../components/sheet/SheetForm";
import { duration } from "../../i18n/format";
import { safetyWords } from "../../i18n/safety";
import { FACTS, type FactorsModel } from "../../model/factors";
import { useApp } from "../app/useApp";

/** What the app does, what only the person can do, and what nobody can check: said apart. */
export function ChecklistSheet({ model, onClose }: { model: FactorsModel; onClose: () => void }) {
  const { session } = useApp();
  const text = safetyWords();
  const seconds = session.live.policy.value?.lockSeconds ?? 120;
  const lock = duration((session.ownLockSeconds.value ?? seconds) * 1000);
  return (
    <SheetForm
      title={text.checklist}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.saveAnswers()}
      onClose={onClose}
    >
      <p>{text.checklistWhy}</p>
      <h3>{text.byApp}</h3>
      <Lines icon="lock" lines={text.enforced(lock)} />
      <h3>{text.byYou}</h3>
      {FACTS.map((fact) => {
        const [question = "", why = ""] = text.facts[fact];
        return (
          <Choices
            key={fact}
            id={`fact-${fact}`}
            legend={question}
            hint={why}
            choices={[
              { value: "yes", label: text.yes },
              { value: "no", label: text.no },
            ]}
            value={model.answers.value[fact] ?? null}
            onChoose={(value) => (model.answers.value = { ...model.answers.value, [fact]: value })}
            errors={model.errors.value}
          />
        );
      })}
      <h3>{text.byNobody}</h3>
      <Lines icon="question" lines={text.unseen} />
      <p class="me__text">{text.selfReported}</p>
      <Button type="submit" wide busy={model.busy.value && text.saving}>
        {text.save}
      </Button>
    </SheetForm>
  );
}

function Lines({ icon, lines }: { icon: IconName; lines: readonly string[] }) {
  return (
    <ul class="facts">
      {lines.map((line) => (
        <li class="facts__one" key={line}>
          <Icon name={icon} size={20} />
          <span>{line}</span>
        </li>
      ))}
    </ul>
  );
}
