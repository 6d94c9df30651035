import { Button } from "../../components/button/Button";
import { OneTimeCode } from "../../components/form/OneTimeCode";
import { Section } from "../../components/screen/Screen";
import { words } from "../../i18n/language";
import { meWords } from "../../i18n/me";
import type { MeModel } from "../../model/me";
import { useApp } from "../app/useApp";

/** The server wants the second step once more before this phone's keys are trusted. */
export function StepUp({ model }: { model: MeModel }) {
  const { session } = useApp();
  const text = meWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.answerStepUp();
  };
  return (
    <Section title={words().me.stepUpTitle}>
      <form class="form" noValidate onSubmit={submit}>
        <p>{text.stepUpWhy}</p>
        {session.entrance.knowsPasskeys && (
          <Button wide icon="key" onPress={() => void model.answerStepUpByPasskey()}>
            {words().signIn.stepByPasskey}
          </Button>
        )}
        <OneTimeCode
          label={text.codesStep}
          value={model.code.value}
          onType={(value) => (model.code.value = value)}
          errors={model.errors.value}
        />
        <Button type="submit" wide busy={model.busy.value && words().signIn.checking}>
          {text.stepUpDo}
        </Button>
      </form>
    </Section>
  );
}
