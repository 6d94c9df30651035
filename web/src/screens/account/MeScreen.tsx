import { useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Choices } from "../../components/form/Field";
import { Icon } from "../../components/icon/Icon";
import { FailedState, Note, Strip } from "../../components/notice/Notice";
import { PersonLine } from "../../components/person/Person";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { duration, listTime, shortDate } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { Handset } from "../../engine/protocol";
import { MeModel } from "../../model/me";
import { LanguageChoice } from "../app/LanguageChoice";
import { useApp, useModel } from "../app/useApp";
import { RemoveSheet, SignOutSheet } from "./MeSheets";
import { StepUp } from "./StepUp";
import { useNotifications } from "./useNotifications";
import { useSafety } from "./useSafety";
import "./Me.scss";

type Over = "nothing" | "passcode" | "codes" | "sign_out";

export function MeScreen() {
  const { session } = useApp();
  const model = useModel(
    (app) => new MeModel(app),
    (made) => void made.loadPhones(),
  );
  const notifications = useNotifications();
  const safety = useSafety();
  const [over, setOver] = useState<Over>("nothing");
  const close = (): void => {
    model.clear();
    setOver("nothing");
  };
  const text = words().me;
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} status={session.live.connection.value} />
      <div role="status">
        {model.note.value !== null && <Strip tone="done">{model.note.value}</Strip>}
      </div>
      <Body plain>
        {session.live.keys.value === "step_up" && <StepUp model={model} />}
        <Account />
        <Phones model={model} />
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
        {safety && <safety.Safety me={model} />}
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
        <About />
        <section class="section">
          <Button wide look="quiet" onPress={() => setOver("sign_out")}>
            {text.signOut}
          </Button>
        </section>
      </Body>
      {safety && over === "passcode" && <safety.PasscodeSheet model={model} onClose={close} />}
      {safety && over === "codes" && <safety.CodesSheet model={model} onClose={close} />}
      {over === "sign_out" && <SignOutSheet onClose={close} />}
      {model.removing.value !== null && <RemoveSheet model={model} phone={model.removing.value} />}
      {safety && model.stepUp.asking.value && <safety.StepUpSheet model={model.stepUp} />}
    </Screen>
  );
}

function Account() {
  const { session } = useApp();
  const text = words().me;
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
    return <p class="me__text">{words().setUp.sharedDoes(duration(shared * 1000))}</p>;
  return seconds === undefined ? null : (
    <p class="me__text">{words().me.locksAfter(duration(seconds * 1000))}</p>
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
      legend={words().me.lockAfter}
      choices={times.map((seconds) => ({
        value: String(seconds),
        label: duration(seconds * 1000),
      }))}
      value={String(session.ownLockSeconds.value ?? most)}
      onChoose={(value) => session.lockAfter(Number(value) === most ? null : Number(value))}
    />
  );
}

function Phones({ model }: { model: MeModel }) {
  const text = words().me;
  const state = model.phones.value;
  if (state.is === "loading")
    return (
      <Section title={text.phones}>
        <Waiting label={text.phones} rows={1} shape="card" />
      </Section>
    );
  if (state.is === "failed") {
    return (
      <Section title={text.phones}>
        <FailedState
          title={text.phonesFailed}
          text={state.text}
          onRetry={() => void model.loadPhones()}
        />
      </Section>
    );
  }
  const others = state.value.filter((phone) => !phone.thisOne);
  return (
    <Section title={text.phones}>
      <ul>
        {state.value
          .filter((phone) => phone.thisOne)
          .map((phone) => (
            <Phone key={phone.handsetId} phone={phone} />
          ))}
        {others.map((phone) => (
          <Phone
            key={phone.handsetId}
            phone={phone}
            onRemove={() => (model.removing.value = phone)}
          />
        ))}
      </ul>
      {others.length === 0 && <p class="me__text">{text.noOthers}</p>}
    </Section>
  );
}

function Phone({ phone, onRemove }: { phone: Handset; onRemove?: () => void }) {
  const { surroundings } = useApp();
  const text = words().me;
  const used =
    phone.lastSeenTs === null
      ? text.neverUsed
      : text.lastUsed(listTime(phone.lastSeenTs, surroundings.now()));
  return (
    <li class="phone">
      <span class="phone__icon">
        <Icon name="phone" size={24} />
      </span>
      <span class="phone__words">
        <span class="phone__name">{phone.name}</span>
        <span class="phone__line">
          {phone.thisOne ? text.thisPhone : text.enrolled(shortDate(phone.enrolledTs))}
        </span>
        {!phone.thisOne && <span class="phone__line">{used}</span>}
      </span>
      {onRemove && (
        <Button small look="secondary" label={`${text.remove} ${phone.name}`} onPress={onRemove}>
          {text.remove}
        </Button>
      )}
    </li>
  );
}

function About() {
  const { session } = useApp();
  const text = words().me;
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
