import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { PaperCodes } from "../../components/codes/PaperCodes";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { OneTimeCode } from "../../components/form/OneTimeCode";
import { TwiceTyped } from "../../components/form/TwiceTyped";
import { Note } from "../../components/notice/Notice";
import { Entrance, Heading, Screen } from "../../components/screen/Screen";
import { SlowLine } from "../../components/waiting/Waiting";
import { firstDayWords } from "../../i18n/firstDay";
import { FirstFactorModel } from "../../model/firstFactor";
import type { NewCode } from "../../model/session";
import { LanguageChoice } from "../app/LanguageChoice";
import { useApp, useModel } from "../app/useApp";

/** Who was invited chooses how they sign in, and can do nothing else before that. */
export function FirstFactorScreen() {
  const { session } = useApp();
  const model = useModel((app) => new FirstFactorModel(app));
  const text = firstDayWords();
  const state = session.state.value;
  const offered = model.offered.value;
  const title =
    state.at === "recovery_codes" ? text.paperTitle : offered ? text.codeTitle : text.title;
  return (
    <Screen title={title}>
      <Entrance>
        {state.at === "recovery_codes" ? (
          <OnPaper model={model} codes={state.codes} />
        ) : offered ? (
          <NewCodeForm model={model} offered={offered} />
        ) : (
          <Ways model={model} />
        )}
        <LanguageChoice />
      </Entrance>
    </Screen>
  );
}

function Ways({ model }: { model: FirstFactorModel }) {
  const { session } = useApp();
  const text = firstDayWords();
  const doing = model.doing.value;
  const { knowsPasskeys } = session.entrance;
  return (
    <div class="form">
      <ErrorSummary errors={model.errors.value} />
      <Heading hint={text.hint}>{text.title}</Heading>
      {knowsPasskeys && (
        <div class="sign-in__first">
          <Button
            wide
            icon="key"
            busy={doing === "passkey" && text.makingPasskey}
            onPress={() => void model.byPasskey()}
          >
            {text.byPasskey}
          </Button>
          <p class="sign-in__help">{text.byPasskeyHint}</p>
        </div>
      )}
      <h2 class="sign-in__or">{text.orCode}</h2>
      <div class="sign-in__first">
        <Button
          wide
          icon="phone"
          look={knowsPasskeys ? "secondary" : "primary"}
          busy={doing === "new_code" && text.asking}
          onPress={() => void model.byCode()}
        >
          {text.byCode}
        </Button>
        <p class="sign-in__help">{text.orCodeHint}</p>
      </div>
      <SlowLine waiting={doing === "new_code"} />
      <Others model={model} />
    </div>
  );
}

function NewCodeForm({ model, offered }: { model: FirstFactorModel; offered: NewCode }) {
  const text = firstDayWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.confirm();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <Heading>{text.codeTitle}</Heading>
      <a class="button button--secondary button--wide" href={offered.address}>
        {text.openApp}
      </a>
      <Key secret={offered.secret} />
      <OneTimeCode
        label={text.code}
        value={model.code.value}
        onType={(value) => (model.code.value = value)}
        errors={model.errors.value}
      />
      <TwiceTyped
        first={{
          id: "new-password",
          label: text.password,
          hint: text.passwordHint,
          value: model.password.value,
          onType: (value) => (model.password.value = value),
        }}
        again={{
          id: "new-password-again",
          label: text.again,
          value: model.again.value,
          onType: (value) => (model.again.value = value),
        }}
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.doing.value === "confirm" && text.finishing}>
        {text.finish}
      </Button>
      <SlowLine waiting={model.doing.value === "confirm"} />
      <Others model={model} />
    </form>
  );
}

/** In groups of four, as people type. */
function Key({ secret }: { secret: string }) {
  const text = firstDayWords();
  const [copied, setCopied] = useState("");
  const copy = async (): Promise<void> => {
    const done = navigator.clipboard.writeText(secret).then(
      () => text.copied,
      () => text.notCopied,
    );
    setCopied(await done);
  };
  return (
    <div class="sign-in__first">
      <p>{text.orType}</p>
      <p class="me__key">
        <span class="hidden">{text.key}: </span>
        <code>{secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <Button look="secondary" onPress={() => void copy()}>
        {text.copy}
      </Button>
      <p role="status">{copied}</p>
    </div>
  );
}

function Others({ model }: { model: FirstFactorModel }) {
  const text = firstDayWords();
  return (
    <div class="sign-in__others">
      {model.offered.value !== null && (
        <Button look="quiet" onPress={() => model.chooseAgain()}>
          {text.other}
        </Button>
      )}
      <Button look="quiet" onPress={() => model.startAgain()}>
        {text.startAgain}
      </Button>
    </div>
  );
}

function OnPaper({ model, codes }: { model: FirstFactorModel; codes: readonly string[] }) {
  const text = firstDayWords();
  const busy = model.doing.value === "go_on";
  return (
    <div class="form">
      <ErrorSummary errors={model.errors.value} />
      <Heading hint={text.paperHint}>{text.paperTitle}</Heading>
      <Note tone="warning">
        <p>{text.paperOnce}</p>
      </Note>
      <PaperCodes codes={codes} />
      <Button wide busy={busy && text.finishing} onPress={() => void model.goOn()}>
        {text.paperDone}
      </Button>
      <SlowLine waiting={busy} />
    </div>
  );
}
