import { useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Choices } from "../../components/form/Field";
import { Note, Strip } from "../../components/notice/Notice";
import { PersonLine } from "../../components/person/Person";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { settingUpWords } from "../../i18n/settingUp";
import { appsWords } from "../../i18n/apps";
import { duration } from "../../i18n/format";
import { words } from "../../i18n/language";
import { meWords } from "../../i18n/me";
import { searchesWords } from "../../i18n/searches";
import { MeModel } from "../../model/me";
import { LanguageChoice } from "../app/LanguageChoice";
import { useApp, useModel } from "../app/useApp";
import { SignOutSheet } from "./MeSheets";
import { CodesSheet, PasscodeSheet } from "./PasscodeSheets";
import { Safety } from "./Safety";
import { Phones } from "./Phones";
import { StepUp } from "./StepUp";
import { StepUpSheet } from "./StepUpSheet";
import { useNotifications } from "./useNotifications";
import "./Me.scss";

type Over = "nothing" | "passcode" | "codes" | "sign_out";

export function MeScreen() {
  const { navigation, session } = useApp();
  const model = useModel(
    (app) => new MeModel(app),
    (made) => void made.loadPhones(),
  );
  const notifications = useNotifications();
  const [over, setOver] = useState<Over>("nothing");
  const close = (): void => {
    model.clear();
    setOver("nothing");
  };
  const text = meWords();
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} status={session.live.connection.value} />
      <div role="status">
        {model.note.value !== null && <Strip tone="done">{model.note.value}</Strip>}
      </div>
      <Body plain>
        {session.live.keys.value === "step_up" && <StepUp model={model} />}
        <Account />
        <section class="section">
          <Button
            wide
            look="secondary"
            icon="clock"
            onPress={() => navigation.go({ at: "availability" })}
          >
            {text.availability}
          </Button>
        </section>
        {/* Above what is fetched: the way to lock stands still. */}
        <Section title={text.safety}>
          <LockLine />
          <LockTime />
          <div class="me__buttons">
            <Button wide icon="lock" onPress={() => void session.lock()}>
              {session.shared.value ? text.finishHere : text.lockNow}
            </Button>
            {!session.shared.value && (
              <Button wide look="secondary" onPress={() => setOver("passcode")}>
                {text.changePasscode}
              </Button>
            )}
          </div>
        </Section>
        <Phones model={model} />
        <Safety me={model} />
        <Section title={text.codes}>
          <p class="me__text">{text.codesWhy}</p>
          <Button wide look="secondary" icon="key" onPress={() => setOver("codes")}>
            {text.makeCodes}
          </Button>
        </Section>
        {notifications && <notifications.Notifications />}
        <Section title={words().app.language}>
          <LanguageChoice />
        </Section>
        <Lists />
        <About />
        <section class="section">
          <Button wide look="quiet" onPress={() => setOver("sign_out")}>
            {text.signOut}
          </Button>
        </section>
      </Body>
      {over === "passcode" && <PasscodeSheet model={model} onClose={close} />}
      {(over === "codes" || model.codes.value !== null) && (
        <CodesSheet model={model} onClose={close} />
      )}
      {over === "sign_out" && <SignOutSheet onClose={close} />}
      {model.stepUp.asking.value && <StepUpSheet model={model.stepUp} />}
    </Screen>
  );
}

/** What can be looked up elsewhere: apps, searches. */
function Lists() {
  const { navigation } = useApp();
  return (
    <section class="section">
      <div class="me__buttons">
        <Button wide look="secondary" icon="shield" onPress={() => navigation.go({ at: "apps" })}>
          {appsWords().title}
        </Button>
        <Button
          wide
          look="secondary"
          icon="search"
          onPress={() => navigation.go({ at: "searches" })}
        >
          {searchesWords().title}
        </Button>
      </div>
    </section>
  );
}

function Account() {
  const { session } = useApp();
  const text = meWords();
  const me = session.live.me.value;
  if (me === null) return <Waiting label={text.account} rows={1} />;
  const registration = [me.professionalBody, me.registration].filter(Boolean).join(" ");
  return (
    <section class="section me__account" aria-label={text.account}>
      <PersonLine name={me.displayName} role={me.role} ward={me.ward}>
        {registration !== "" && <span class="person__role">{registration}</span>}
        <span class="person__role">{session.about.value?.organizationName ?? me.organization}</span>
      </PersonLine>
    </section>
  );
}

function LockLine() {
  const { session } = useApp();
  const policy = session.live.policy.value?.lockSeconds;
  const seconds = session.ownLockSeconds.value ?? policy;
  const shared = session.shared.value ? session.live.policy.value?.sharedIdleSeconds : undefined;
  if (shared !== undefined)
    return <p class="me__text">{settingUpWords().sharedDoes(duration(shared * 1000))}</p>;
  return seconds === undefined ? null : (
    <p class="me__text">{meWords().locksAfter(duration(seconds * 1000))}</p>
  );
}

/** Shorter than the organisation's time, never longer. */
function LockTime() {
  const { session } = useApp();
  const most = session.live.policy.value?.lockSeconds ?? 0;
  const times = [most, 60, 30].filter((seconds, at) => at === 0 || seconds < most);
  if (times.length < 2 || session.shared.value) return null;
  return (
    <Choices
      id="lock-time"
      legend={meWords().lockAfter}
      choices={times.map((seconds) => ({
        value: String(seconds),
        label: duration(seconds * 1000),
      }))}
      value={String(session.ownLockSeconds.value ?? most)}
      onChoose={(value) => session.lockAfter(Number(value) === most ? null : Number(value))}
    />
  );
}

function About() {
  const { session } = useApp();
  const text = meWords();
  const about = session.about.value;
  if (about === null) return null;
  return (
    <Section title={text.about}>
      <dl class="facts-list">
        <div>
          <dt>{text.organization}</dt>
          <dd>
            {about.organizationName} ({about.odsCode})
          </dd>
        </div>
        <div>
          <dt>{text.version}</dt>
          <dd>{about.version}</dd>
        </div>
        <div>
          <dt>{text.guidance}</dt>
          <dd>
            {about.guidance === null
              ? text.noGuidance
              : `${about.guidance.title}, ${text.edition(about.guidance.edition)}`}
          </dd>
        </div>
        <div>
          <dt>{text.server}</dt>
          <dd>{about.serverName}</dd>
        </div>
      </dl>
      <Note icon="shield">
        <p>{text.code}</p>
      </Note>
    </Section>
  );
}
