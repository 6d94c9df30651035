import { Button } from "../../components/button/Button";
import { PaperCodes } from "../../components/codes/PaperCodes";
import { Field } from "../../components/form/Field";
import { OneTimeCode } from "../../components/form/OneTimeCode";
import { TwiceTyped } from "../../components/form/TwiceTyped";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { SheetForm } from "../../components/sheet/SheetForm";
import { SlowLine } from "../../components/waiting/Waiting";
import { settingUpWords } from "../../i18n/settingUp";
import { meWords } from "../../i18n/me";
import type { MeModel } from "../../model/me";
import { useApp } from "../app/useApp";

export function PasscodeSheet({ model, onClose }: { model: MeModel; onClose: () => void }) {
  const { session } = useApp();
  const text = meWords();
  return (
    <SheetForm
      title={text.changePasscode}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.changePasscode()}
      onClose={onClose}
    >
      <Field
        id="current"
        type="password"
        label={text.current}
        value={model.current.value}
        onType={(value) => (model.current.value = value)}
        inputMode="numeric"
        autoComplete="current-password"
        errors={model.errors.value}
      />
      <TwiceTyped
        digits
        first={{
          id: "passcode",
          label: text.next,
          hint: settingUpWords().passcodeHint(model.minLength()),
          value: model.passcode.value,
          onType: (value) => (model.passcode.value = value),
        }}
        again={{
          id: "again",
          label: text.nextAgain,
          value: model.again.value,
          onType: (value) => (model.again.value = value),
        }}
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && text.changing}>
        {text.change}
      </Button>
      {session.door.value.passkey && (
        <Button
          wide
          look="secondary"
          icon="key"
          onPress={() => void model.changePasscode(true).then((done) => done && onClose())}
        >
          {text.byPasskey}
        </Button>
      )}
      <SlowLine waiting={model.busy.value} />
    </SheetForm>
  );
}

export function CodesSheet({ model, onClose }: { model: MeModel; onClose: () => void }) {
  const text = meWords();
  const codes = model.codes.value;
  if (codes !== null) {
    return (
      <Sheet
        title={text.codesTitle}
        size="full"
        onClose={onClose}
        footer={
          <Button wide onPress={onClose}>
            {text.codesDone}
          </Button>
        }
      >
        <Note tone="warning">
          <p>{text.codesOnce}</p>
        </Note>
        <PaperCodes codes={codes} />
      </Sheet>
    );
  }
  return (
    <SheetForm
      title={text.makeCodes}
      errors={model.errors.value}
      // Stays open: the codes take the form's place.
      onSubmit={() => model.makeCodes().then(() => false)}
      onClose={onClose}
    >
      <p>{text.codesOld}</p>
      <OneTimeCode
        label={text.codesStep}
        value={model.code.value}
        onType={(value) => (model.code.value = value)}
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && text.codesMaking}>
        {text.codesShow}
      </Button>
    </SheetForm>
  );
}
