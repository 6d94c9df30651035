import { Button } from "../../components/button/Button";
import { Choices, Field } from "../../components/form/Field";
import { TwiceTyped } from "../../components/form/TwiceTyped";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { SheetForm } from "../../components/sheet/SheetForm";
import { SlowLine } from "../../components/waiting/Waiting";
import type { Passkey } from "../../engine/protocol";
import { safetyWords } from "../../i18n/safety";
import type { FactorsModel } from "../../model/factors";
import { ChecklistSheet } from "./Checklist";

export type SafetySheet =
  "nothing" | "add" | "password" | "key" | "checklist" | { readonly passkey: Passkey };

interface SheetProps {
  model: FactorsModel;
  onClose: () => void;
}

export function SafetySheets({ sheet, ...props }: SheetProps & { sheet: SafetySheet }) {
  if (typeof sheet === "object") return <PasskeySheet passkey={sheet.passkey} {...props} />;
  if (sheet === "add") return <AddSheet {...props} />;
  if (sheet === "password") return <PasswordSheet {...props} />;
  if (sheet === "key") return <KeySheet {...props} />;
  if (sheet === "checklist") return <ChecklistSheet {...props} />;
  return null;
}

function AddSheet({ model, onClose }: SheetProps) {
  const text = safetyWords();
  return (
    <SheetForm
      title={text.add}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.add()}
      onClose={onClose}
    >
      <NameField model={model} />
      {model.needsPasscode() && (
        <Field
          id="passkey-passcode"
          type="password"
          label={text.passcode}
          hint={text.passcodeHint}
          value={model.passcode.value}
          onType={(value) => (model.passcode.value = value)}
          inputMode="numeric"
          autoComplete="current-password"
          errors={model.errors.value}
        />
      )}
      <Button type="submit" wide icon="key" busy={model.busy.value && text.adding}>
        {text.add}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </SheetForm>
  );
}

function NameField({ model }: { model: FactorsModel }) {
  return (
    <Field
      id="passkey-name"
      label={safetyWords().name}
      value={model.name.value}
      onType={(value) => (model.name.value = value)}
      maxLength={40}
      autoCapitalize="sentences"
      errors={model.errors.value}
    />
  );
}

function PasskeySheet({ model, onClose, passkey }: SheetProps & { passkey: Passkey }) {
  const text = safetyWords();
  return (
    <SheetForm
      title={text.editTitle(passkey.name)}
      errors={model.errors.value}
      onSubmit={() => model.rename(passkey)}
      onClose={onClose}
    >
      <NameField model={model} />
      <Button type="submit" wide busy={model.busy.value && text.changing}>
        {text.rename}
      </Button>
      <p>{text.removeWhy}</p>
      <Button
        wide
        look="danger"
        icon="bin"
        onPress={() => void model.remove(passkey).then((done) => done && onClose())}
      >
        {text.remove}
      </Button>
    </SheetForm>
  );
}

function PasswordSheet({ model, onClose }: SheetProps) {
  const text = safetyWords();
  return (
    <SheetForm
      title={text.changePassword}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.changePassword()}
      onClose={onClose}
    >
      <TwiceTyped
        first={{
          id: "new-password",
          label: text.newPassword,
          hint: text.newPasswordHint,
          value: model.password.value,
          onType: (value) => (model.password.value = value),
        }}
        again={{
          id: "new-password-again",
          label: text.newPasswordAgain,
          value: model.again.value,
          onType: (value) => (model.again.value = value),
        }}
        errors={model.errors.value}
      />
      <Choices
        id="elsewhere"
        legend={text.elsewhere}
        choices={[
          { value: "yes", label: text.elsewhereYes },
          { value: "no", label: text.elsewhereNo },
        ]}
        value={model.logoutDevices.value ? "yes" : "no"}
        onChoose={(value) => (model.logoutDevices.value = value === "yes")}
      />
      <Button type="submit" wide busy={model.busy.value && text.changing}>
        {text.changePassword}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </SheetForm>
  );
}

function KeySheet({ model, onClose }: SheetProps) {
  const text = safetyWords();
  return (
    <Sheet title={text.keyTitle} onClose={onClose}>
      <div class="form">
        <Note tone="warning" icon="alert">
          <p>{text.keyWarning}</p>
        </Note>
        <p class="me__key">
          <code>{model.recoveryKey.value}</code>
        </p>
        <Button wide onPress={onClose}>
          {text.keyDone}
        </Button>
      </div>
    </Sheet>
  );
}
