import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { FailedState } from "../../components/notice/Notice";
import { Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { listTime, shortDate } from "../../i18n/format";
import { safetyWords } from "../../i18n/safety";
import { FactorsModel } from "../../model/factors";
import type { MeModel } from "../../model/me";
import { useApp, useModel } from "../app/useApp";
import { SafetySheets, type SafetySheet } from "./SafetySheets";

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
            ? session.shared.value
              ? text.keysElsewhere
              : text.otherShort
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
