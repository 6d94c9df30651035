import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { OneTimeCode } from "../../components/form/OneTimeCode";
import { Note, State } from "../../components/notice/Notice";
import { Entrance, Heading, Screen } from "../../components/screen/Screen";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import { signInWords } from "../../i18n/signIn";
import { words } from "../../i18n/language";
import { problemText } from "../../model/problem";
import { mayInstall, mustInstall } from "../../model/install";
import { SignInModel } from "../../model/signIn";
import { LanguageChoice } from "../app/LanguageChoice";
import { useApp, useModel } from "../app/useApp";
import { useLater } from "../app/useLater";
import "./SignIn.scss";

/** Both steps of sign-in, for this app or, with `?redirectUrl=` or `?authorize=`, for another approved one. */
export function SignInScreen() {
  const app = useApp();
  const { session } = app;
  const model = useModel((made) => new SignInModel(made));
  const text = signInWords();
  const handOff = session.entrance.handOff.value;
  const state = session.state.value;
  const other = state.at === "account" || state.at === "consent" || handOff?.is === "code_wanted";
  return (
    <Screen title={state.at === "second_step" ? text.stepTitle : text.title}>
      <Entrance>
        {state.at === "handed_over" ? (
          <State
            whole
            icon="check"
            title={
              state.elsewhere === true ? text.signedInThere(state.app) : text.handedOver(state.app)
            }
          />
        ) : state.at === "turned_away" ? (
          <State whole icon="check" title={text.turnedAway(state.app)} text={text.turnedAwayText} />
        ) : other ? (
          <OtherPage />
        ) : handOff?.is === "refused" ? (
          <State
            whole
            alert
            icon="alert"
            title={text.refusedTitle}
            text={handOff.sentence ?? text.refused}
          />
        ) : handOff?.is === "asking" ? (
          <Waiting label={text.asking} rows={2} shape="card" />
        ) : handOff?.is === "failed" ? (
          <State
            whole
            alert
            icon="alert"
            title={words().app.problemTitle}
            text={problemText(handOff.problem)}
          />
        ) : state.at === "second_step" ? (
          <SecondStep model={model} app={handOff?.app} />
        ) : mustInstall(app) ? (
          <HomeScreen />
        ) : (
          <>
            <FirstStep model={model} app={handOff?.app} />
            {mayInstall(app) && <HomeScreen />}
          </>
        )}
        <LanguageChoice />
      </Entrance>
    </Screen>
  );
}

const load = (): Promise<typeof import("./OtherPages")> => import("./OtherPages");

function OtherPage() {
  const { session } = useApp();
  const pages = useLater(load);
  const handOff = session.entrance.handOff.value;
  const state = session.state.value;
  if (pages === null) return <Waiting label={signInWords().asking} rows={2} shape="card" />;
  if (state.at === "account") return <pages.AccountView {...state} />;
  if (state.at === "consent") return <pages.Consent app={state.app} />;
  return handOff?.is === "code_wanted" ? <pages.LinkCode problem={handOff.problem} /> : null;
}

const install = (): Promise<typeof import("./Install")> => import("./Install");

function HomeScreen() {
  const app = useApp();
  const pages = useLater(install);
  if (mustInstall(app)) {
    return pages === null ? (
      <Waiting label={words().app.name} rows={3} shape="card" />
    ) : (
      <pages.Install />
    );
  }
  return pages && <pages.InstallOnAndroid />;
}

function ForApp({ app }: { app: string | undefined }) {
  const { session } = useApp();
  const text = signInWords();
  if (app === undefined) {
    return session.entrance.lost === null ? null : (
      <Note icon="phone">
        <p>
          <strong>{text.forLost}</strong>
        </p>
        <p>{text.forLostHint}</p>
      </Note>
    );
  }
  return (
    <Note tone="warning" icon="key">
      <p>
        <strong>{text.forApp(app)}</strong>
      </p>
      <p>{text.forAppHint}</p>
    </Note>
  );
}

function FirstStep({ model, app }: { model: SignInModel; app: string | undefined }) {
  const { session } = useApp();
  const text = signInWords();
  const organization = session.about.value?.organizationName;
  const ways = session.entrance;
  const { knowsPasskeys } = ways;
  const own = ways.organisation.value;
  const busy = model.busy.value;
  const recovery = model.withRecoveryCode.value;
  useEffect(() => (knowsPasskeys ? model.offer() : undefined), [model]);
  const submit = (event: Event): void => {
    event.preventDefault();
    void (recovery ? model.submitPaper() : model.submitPassword());
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <Heading hint={organization && text.to(organization)}>{text.title}</Heading>
      <ForApp app={app} />
      {own !== null && (
        <a class="button button--primary button--wide" href={own.start}>
          {text.byOrganisation(own.name)}
        </a>
      )}
      {knowsPasskeys && (
        <div class="sign-in__first">
          <Button
            wide
            icon="key"
            look={own === null ? "primary" : "secondary"}
            busy={model.waiting.value && text.waitingForPasskey}
            onPress={() => void model.byPasskey()}
          >
            {text.byPasskey}
          </Button>
          <p class="sign-in__help">{text.byPasskeyHint}</p>
        </div>
      )}
      {(knowsPasskeys || own !== null) && (
        <h2 class="sign-in__or">{recovery ? text.recovery : text.orPassword}</h2>
      )}
      <Field
        id="user"
        label={text.user}
        value={model.user.value}
        onType={(value) => (model.user.value = value)}
        autoComplete="username webauthn"
        errors={model.errors.value}
      />
      {recovery ? <RecoveryField model={model} /> : <PasswordField model={model} />}
      <Button
        type="submit"
        wide
        look={knowsPasskeys ? "secondary" : "primary"}
        busy={busy && !model.waiting.value && text.checking}
      >
        {text.next}
      </Button>
      <SlowLine waiting={busy && !model.waiting.value} />
      {knowsPasskeys && (
        <Button look="quiet" onPress={() => model.chooseRecoveryCode(!recovery)}>
          {recovery ? text.usePassword : text.lostPasskey}
        </Button>
      )}
      <p class="sign-in__help">{text.help}</p>
      {session.entrance.lost === null && app === undefined && (
        <p class="sign-in__help">
          <a href="/lost">{text.lost}</a>
        </p>
      )}
    </form>
  );
}

function SecondStep({ model, app }: { model: SignInModel; app: string | undefined }) {
  const { session } = useApp();
  const text = signInWords();
  const recovery = model.withRecoveryCode.value;
  const state = session.state.value;
  if (state.at === "second_step" && state.onlyPasskey === true && !recovery)
    return <SecondStepByPasskey model={model} app={app} />;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.submitCode();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <Heading>{text.stepTitle}</Heading>
      <ForApp app={app} />
      {recovery ? (
        <RecoveryField model={model} />
      ) : (
        <OneTimeCode
          key="code"
          label={text.code}
          hint={text.stepHint}
          value={model.code.value}
          onType={(value) => (model.code.value = value)}
          errors={model.errors.value}
        />
      )}
      <Button type="submit" wide busy={model.busy.value && text.checking}>
        {text.signIn}
      </Button>
      <SlowLine waiting={model.busy.value} />
      <div class="sign-in__others">
        {session.entrance.knowsPasskeys && (
          <Button look="quiet" icon="key" onPress={() => void model.byPasskey(true)}>
            {text.stepByPasskey}
          </Button>
        )}
        <Button look="quiet" onPress={() => model.chooseRecoveryCode(!recovery)}>
          {recovery ? text.useCode : text.useRecovery}
        </Button>
        <Button look="quiet" onPress={() => model.startAgain()}>
          {text.startAgain}
        </Button>
      </div>
    </form>
  );
}

function PasswordField({ model }: { model: SignInModel }) {
  return (
    <Field
      id="password"
      label={signInWords().password}
      type="password"
      value={model.password.value}
      onType={(value) => (model.password.value = value)}
      autoComplete="current-password"
      errors={model.errors.value}
    />
  );
}

function RecoveryField({ model }: { model: SignInModel }) {
  const text = signInWords();
  return (
    <Field
      id="code"
      key="recovery"
      label={text.recovery}
      hint={text.recoveryHint}
      value={model.code.value}
      onType={(value) => (model.code.value = value)}
      autoCapitalize="characters"
      errors={model.errors.value}
    />
  );
}

/** Whose second step is a passkey, and nothing else. */
function SecondStepByPasskey({ model, app }: { model: SignInModel; app: string | undefined }) {
  const text = signInWords();
  return (
    <div class="form">
      <ErrorSummary errors={model.errors.value} />
      <Heading hint={text.byPasskeyHint}>{text.passkeyStep}</Heading>
      <ForApp app={app} />
      <Button
        wide
        icon="key"
        busy={model.waiting.value && text.waitingForPasskey}
        onPress={() => void model.byPasskey(true)}
      >
        {text.byPasskey}
      </Button>
      <Button look="quiet" onPress={() => model.chooseRecoveryCode(true)}>
        {text.lostPasskey}
      </Button>
      <Button look="quiet" onPress={() => model.startAgain()}>
        {text.startAgain}
      </Button>
    </div>
  );
}
