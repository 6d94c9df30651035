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
  const model = useModel(
    (app) => new LockModel(app),
    (made) => made.watch(),
  );
  const text = words().lock;
  const [left, wait] = [model.attemptsLeft.value, model.wait.value];
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.unlock();
  };
  const error = model.error.value;
  return (
    <Screen title={text.title}>
      <Entrance>
        <form class="lock" noValidate onSubmit={submit}>
          <span class="lock__padlock" aria-hidden="true">
            <Icon name="lock" size={36} />
          </span>
          <Heading hint={text.hint}>{text.title}</Heading>
          <div role="alert">
            {left !== null && left < SAY_TRIES_BELOW && (
              <Note tone={left <= 3 ? "problem" : "warning"} icon="alert">
                <p>{text.left(left)}</p>
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
          <div role="alert">
            {model.trouble.value !== null && (
              <Note tone="problem" icon="offline">
                <p>{model.trouble.value}</p>
              </Note>
            )}
          </div>
          {wait !== null && (
            <Note tone="warning" icon="clock">
              <p>{text.wait(wait)}</p>
            </Note>
          )}
          <Button
            type="submit"
            wide
            disabled={wait !== null}
            busy={model.busy.value && text.unlocking}
          >
            {text.unlock}
          </Button>
          <SlowLine waiting={model.busy.value} />
        </form>
        <LanguageChoice />
      </Entrance>
    </Screen>
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
