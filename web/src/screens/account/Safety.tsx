import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, Field } from "../../components/form/Field";
import { FailedState, Note } from "../../components/notice/Notice";
import { Section } from "../../components/screen/Screen";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import type { Passkey } from "../../engine/protocol";
import { listTime, shortDate } from "../../i18n/format";
import { safetyWords } from "../../i18n/safety";
import { words } from "../../i18n/language";
import { FactorsModel } from "../../model/factors";
import type { MeModel } from "../../model/me";
import type { StepUpModel } from "../../model/stepUp";
import { useApp, useModel } from "../app/useApp";
import { ChecklistSheet } from "./Checklist";

export { OfferSheet } from "../handset/OfferSheet";
export { CodesSheet, PasscodeSheet } from "./PasscodeSheets";
export { VerificationSheet } from "./Verification";

type SafetySheet =
  "nothing" | "add" | "password" | "key" | "checklist" | { readonly passkey: Passkey };

export function Safety({ me }: { me: MeModel }) {
  const model = useModel(
    (app) => new FactorsModel(app, me),
    (made) => void made.load(),
  );
  const [sheet, setSheet] = useState<SafetySheet>("nothing");
  const close = (): void => {
    model.clear();
    setSheet("nothing");
  };
  return (
    <>
      <SafetySections model={model} onOpen={setSheet} />
      <SafetySheets sheet={sheet} model={model} onClose={close} />
    </>
  );
}

/** Below the lock in Me: what one signs in with, the keys, and the phone's own settings. */
function SafetySections({
  model,
  onOpen,
}: {
  model: FactorsModel;
  onOpen: (sheet: SafetySheet) => void;
}) {
  const { session } = useApp();
  const text = safetyWords();
  const keys = session.live.keys.value;
  const showKey = async (): Promise<void> => {
    if (await model.showRecoveryKey()) onOpen("key");
  };
  return (
    <>
      <Section title={text.passkeys}>
        <p class="me__text">{text.passkeysWhy}</p>
        <Passkeys model={model} onOpen={onOpen} />
        <div class="me__buttons">
          {session.entrance.knowsPasskeys && (
            <Button wide look="secondary" icon="key" onPress={() => onOpen("add")}>
              {text.add}
            </Button>
          )}
          <Button wide look="secondary" onPress={() => onOpen("password")}>
            {text.changePassword}
          </Button>
        </div>
      </Section>
      <Section title={text.keys}>
        <p class="me__text">
          {keys === "elsewhere"
            ? text.keysElsewhere
            : keys === "fresh_start"
              ? `${text.keysFresh} ${text.keysWhy}`
              : text.keysWhy}
        </p>
        {keys === "elsewhere" && (
          <>
            <p class="me__text">{text.afreshWhy}</p>
            <Button wide look="danger" onPress={() => void model.startAfresh()}>
              {text.afresh}
            </Button>
          </>
        )}
        {keys !== "elsewhere" && (
          <Button wide look="secondary" icon="key" onPress={() => void showKey()}>
            {text.showKey}
          </Button>
        )}
      </Section>
      <Section title={text.checklist}>
        <p class="me__text">{text.checklistWhy}</p>
        <Button wide look="secondary" icon="phone" onPress={() => onOpen("checklist")}>
          {text.open}
        </Button>
      </Section>
    </>
  );
}

function Passkeys({
  model,
  onOpen,
}: {
  model: FactorsModel;
  onOpen: (sheet: SafetySheet) => void;
}) {
  const text = safetyWords();
  const { surroundings } = useApp();
  const state = model.passkeys.value;
  if (state.is === "loading") return <Waiting label={text.passkeys} rows={1} shape="card" />;
  if (state.is === "failed")
    return (
      <FailedState
        title={text.passkeysFailed}
        text={state.text}
        onRetry={() => void model.load()}
      />
    );
  if (state.value.length === 0) return <p class="me__text">{text.noPasskeys}</p>;
  return (
    <ul class="me__list">
      {state.value.map((passkey) => (
        <li class="phone" key={passkey.passkeyId}>
          <span class="phone__words">
            <span class="phone__name">{passkey.name}</span>
            <span class="phone__line">
              {passkey.lastUsedTs === null
                ? text.made(shortDate(passkey.createdTs))
                : text.used(listTime(passkey.lastUsedTs, surroundings.now()))}
            </span>
            {passkey.backedUp && <span class="phone__line">{text.everywhere}</span>}
          </span>
          <Button
            small
            look="secondary"
            label={`${text.edit} ${passkey.name}`}
            onPress={() => {
              model.name.value = passkey.name;
              onOpen({ passkey });
            }}
          >
            {text.edit}
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface SheetProps {
  model: FactorsModel;
  onClose: () => void;
}

function SafetySheets({ sheet, ...props }: SheetProps & { sheet: SafetySheet }) {
  if (typeof sheet === "object") return <PasskeySheet passkey={sheet.passkey} {...props} />;
  if (sheet === "add") return <AddSheet {...props} />;
  if (sheet === "password") return <PasswordSheet {...props} />;
  if (sheet === "key") return <KeySheet {...props} />;
  if (sheet === "checklist") return <ChecklistSheet {...props} />;
  return null;
}

function AddSheet({ model, onClose }: SheetProps) {
  const text = safetyWords();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await model.add()) onClose();
  };
  return (
    <Sheet title={text.add} size="full" onClose={onClose}>
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={model.errors.value} />
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
      </form>
    </Sheet>
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
  const done = async (work: Promise<boolean>): Promise<void> => {
    if (await work) onClose();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void done(model.rename(passkey));
  };
  return (
    <Sheet title={text.editTitle(passkey.name)} onClose={onClose}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <NameField model={model} />
        <Button type="submit" wide busy={model.busy.value && text.changing}>
          {text.rename}
        </Button>
        <p>{text.removeWhy}</p>
        <Button wide look="danger" icon="bin" onPress={() => void done(model.remove(passkey))}>
          {text.remove}
        </Button>
      </form>
    </Sheet>
  );
}

function PasswordSheet({ model, onClose }: SheetProps) {
  const text = safetyWords();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await model.changePassword()) onClose();
  };
  return (
    <Sheet title={text.changePassword} size="full" onClose={onClose}>
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={model.errors.value} />
        <Field
          id="new-password"
          type="password"
          label={text.newPassword}
          hint={text.newPasswordHint}
          value={model.password.value}
          onType={(value) => (model.password.value = value)}
          autoComplete="new-password"
          errors={model.errors.value}
        />
        <Field
          id="new-password-again"
          type="password"
          label={text.newPasswordAgain}
          value={model.again.value}
          onType={(value) => (model.again.value = value)}
          autoComplete="new-password"
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
      </form>
    </Sheet>
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

export function StepUpSheet({ model }: { model: StepUpModel }) {
  const { session } = useApp();
  const text = safetyWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.byCode();
  };
  return (
    <Sheet title={text.stepUpTitle} onClose={() => model.giveUp()}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <p>{text.stepUpWhy}</p>
        {session.entrance.knowsPasskeys && (
          <Button wide icon="key" onPress={() => void model.byPasskey()}>
            {text.byPasskey}
          </Button>
        )}
        <Field
          id="step-up-code"
          label={text.orCode}
          value={model.code.value}
          onType={(value) => (model.code.value = value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          width="code"
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
      </form>
    </Sheet>
  );
}
