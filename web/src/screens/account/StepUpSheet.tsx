import { Button } from "../../components/button/Button";
import { OneTimeCode } from "../../components/form/OneTimeCode";
import { SheetForm } from "../../components/sheet/SheetForm";
import { words } from "../../i18n/language";
import { stepUpWords } from "../../i18n/stepUp";
import type { StepUpModel } from "../../model/stepUp";
import { useApp } from "../app/useApp";

export function StepUpSheet({ model }: { model: StepUpModel }) {
  const { session } = useApp();
  const text = stepUpWords();
  return (
    <SheetForm
      title={text.stepUpTitle}
      errors={model.errors.value}
      // The model closes it, and goes on with what was asked for.
      onSubmit={() => model.byCode().then(() => false)}
      onClose={() => model.giveUp()}
    >
      <p>{text.stepUpWhy}</p>
      {session.entrance.knowsPasskeys && (
        <Button wide icon="key" onPress={() => void model.byPasskey()}>
          {text.byPasskey}
        </Button>
      )}
      <OneTimeCode
        id="step-up-code"
        label={text.orCode}
        value={model.code.value}
        onType={(value) => (model.code.value = value)}
        errors={model.errors.value}
      />
      <Button
        type="submit"
        wide
        look="secondary"
        busy={model.busy.value && words().signIn.checking}
      >
        {text.byCode}
      </Button>
    </SheetForm>
  );
}
