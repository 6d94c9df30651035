import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import type { MeModel } from "../../model/me";
import { useApp } from "../app/useApp";

export function PasscodeSheet({ model, onClose }: { model: MeModel; onClose: () => void }) {
  const { session } = useApp();
  const text = words().me;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await model.changePasscode()) onClose();
  };
  return (
    <Sheet title={text.changePasscode} size="full" onClose={onClose}>
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={model.errors.value} />
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
        <Field
          id="passcode"
          type="password"
          label={text.next}
          hint={words().setUp.passcodeHint(model.minLength())}
          value={model.passcode.value}
          onType={(value) => (model.passcode.value = value)}
          inputMode="numeric"
          autoComplete="new-password"
          errors={model.errors.value}
        />
        <Field
          id="again"
          type="password"
          label={text.nextAgain}
          value={model.again.value}
          onType={(value) => (model.again.value = value)}
          inputMode="numeric"
          autoComplete="new-password"
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
      </form>
    </Sheet>
  );
}

export function CodesSheet({ model, onClose }: { model: MeModel; onClose: () => void }) {
  const text = words().me;
  const codes = model.codes.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.makeCodes();
  };
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
        <ol class="codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </Sheet>
    );
  }
  return (
    <Sheet title={text.makeCodes} onClose={onClose}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <p>{text.codesOld}</p>
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
        <Button type="submit" wide busy={model.busy.value && text.codesMaking}>
          {text.codesShow}
        </Button>
      </form>
    </Sheet>
  );
}
