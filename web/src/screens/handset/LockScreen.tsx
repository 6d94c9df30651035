import { Button } from "../../components/button/Button";
import { Field } from "../../components/form/Field";
import { Icon } from "../../components/icon/Icon";
import { Note } from "../../components/notice/Notice";
import { Entrance, Heading, Screen } from "../../components/screen/Screen";
import { SlowLine } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import { LockModel } from "../../model/lock";
import type { SessionState } from "../../model/session";
import { LanguageChoice } from "../app/LanguageChoice";
import { useApp, useModel } from "../app/useApp";
import "./Handset.scss";

/** From here the person sees how many tries are left: before that it would only teach a thief. */
const SAY_TRIES_BELOW = 10;

export function LockScreen() {
  const { session } = useApp();
  const model = useModel(
    (app) => new LockModel(app),
    (made) => made.watch(),
  );
  const text = words().lock;
  const { passkey, passcodeGone } = session.door.value;
  return (
    <Screen title={text.title}>
      <Entrance>
        <div class="lock">
          <span class="lock__padlock" aria-hidden="true">
            <Icon name="lock" size={36} />
          </span>
          <Heading hint={passkey ? text.hintPasskey : text.hint}>{text.title}</Heading>
          {passkey && <ByPasskey model={model} />}
          <div role="alert">
            {model.urgent.value && (
              <Note tone="problem" icon="alert">
                <p>{text.urgent}</p>
              </Note>
            )}
            {passcodeGone && (
              <Note tone="warning" icon="alert">
                <p>{text.passcodeGone}</p>
              </Note>
            )}
            {model.trouble.value !== null && (
              <Note tone="problem" icon="alert">
                <p>{model.trouble.value}</p>
              </Note>
            )}
          </div>
          {passkey && !passcodeGone && !model.typing.value && (
            <Button wide look="secondary" onPress={() => (model.typing.value = true)}>
              {text.usePasscode}
            </Button>
          )}
          {(!passkey || model.typing.value) && !passcodeGone && <ByPasscode model={model} />}
        </div>
        <LanguageChoice />
      </Entrance>
    </Screen>
  );
}

function ByPasskey({ model }: { model: LockModel }) {
  const text = words().lock;
  return (
    <Button
      wide
      icon="key"
      busy={model.busy.value && model.byPasskey.value && text.unlocking}
      onPress={() => void model.unlockByPasskey()}
    >
      {text.unlockByPasskey}
    </Button>
  );
}

function ByPasscode({ model }: { model: LockModel }) {
  const text = words().lock;
  const [left, wait] = [model.attemptsLeft.value, model.wait.value];
  const busy = model.busy.value && !model.byPasskey.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.unlock();
  };
  const error = model.error.value;
  return (
    <form class="lock__form" noValidate onSubmit={submit}>
      <div role="alert">
        {left !== null && left < SAY_TRIES_BELOW && (
          <Note tone={left <= 3 ? "problem" : "warning"} icon="alert">
            <p>{text.left(left)}</p>
            {model.unsent.value > 0 && <p>{text.unsent(model.unsent.value)}</p>}
          </Note>
        )}
      </div>
      <Field
        id="passcode"
        type="password"
        label={text.passcode}
        value={model.passcode.value}
        onType={(value) => (model.passcode.value = value)}
        inputMode="numeric"
        autoComplete="current-password"
        errors={error === null ? [] : [{ field: "passcode", text: error }]}
      />
      {wait !== null && (
        <Note tone="warning" icon="clock">
          <p>{text.wait(wait)}</p>
        </Note>
      )}
      <Button type="submit" wide disabled={wait !== null} busy={busy && text.unlocking}>
        {text.unlock}
      </Button>
      <SlowLine waiting={busy} />
    </form>
  );
}

type Gone = Extract<SessionState, { at: "set_up_again" }>;

/** What was on this phone can never be opened again; says why, and how to go on. */
export function SetUpAgainScreen({ why }: { why: Gone["why"] }) {
  const { session } = useApp();
  const text = words().lock;
  return (
    <Screen title={text.again[why]}>
      <Entrance>
        <div class="lock">
          <span class="lock__padlock" aria-hidden="true">
            <Icon name="phone" size={36} />
          </span>
          <Heading>{text.again[why]}</Heading>
          <p>{text.againWhy[why]}</p>
          <Button wide onPress={() => session.startAgain()}>
            {text.setUpAgain}
          </Button>
        </div>
        <LanguageChoice />
      </Entrance>
    </Screen>
  );
}
