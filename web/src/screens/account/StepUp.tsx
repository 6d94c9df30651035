import { Button } from "../../components/button/Button";
import { Field } from "../../components/form/Field";
import { Section } from "../../components/screen/Screen";
import { words } from "../../i18n/language";
import type { MeModel } from "../../model/me";
import { useApp } from "../app/useApp";

/** The server wants the second step once more before this phone's keys are trusted. */
export function StepUp({ model }: { model: MeModel }) {
  const { session } = useApp();
  const text = words().me;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.answerStepUp();
  };
  return (
    <Section title={text.stepUpTitle}>
      <form class="form" noValidate onSubmit={submit}>
        <p>{text.stepUpWhy}</p>
        {session.entrance.knowsPasskeys && (
          <Button wide icon="key" onPress={() => void model.answerStepUpByPasskey()}>
            {words().signIn.stepByPasskey}
          </Button>
        )}
        <Field
          id="code"
          label={text.codesStep}
          value={model.code.value}
          onType={(value) => (model.code.value = value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          width="code"
          errors={model.errors.value}
        />
        <Button type="submit" wide busy={model.busy.value && words().signIn.checking}>
          {text.stepUpDo}
        </Button>
      </form>
    </Section>
  );
}
