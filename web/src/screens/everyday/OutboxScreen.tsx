import { useEffect, useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { Note, State } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { everydayWords } from "../../i18n/everyday";
import { moment } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { CallName, Asked, Unsent } from "../../engine/protocol";
import { attempt, problemText } from "../../model/problem";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp } from "../app/useApp";

type Do = <N extends CallName>(name: N, asked: Asked<N>) => Promise<void>;

/** What was written and has not left this phone: to read, to change, to call off. */
export function OutboxScreen() {
  const { navigation, session } = useApp();
  const [unsent, setUnsent] = useState<readonly Unsent[] | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const text = everydayWords().outbox;
  const counts = session.live.outbox.value;
  const load = async (): Promise<void> => {
    const outcome = await attempt(session, "unsent", {});
    if (outcome.ok) setUnsent(outcome.answer);
    else setNote(problemText(outcome.problem));
  };
  useEffect(() => void load(), [counts]);
  const run: Do = async (name, asked) => {
    const outcome = await attempt(session, name, asked);
    const late =
      outcome.ok && Object.values((outcome.answer as object | undefined) ?? {}).includes(false);
    setNote(outcome.ok ? (late ? text.gone : null) : problemText(outcome.problem));
    await load();
  };
  return (
    <Screen title={text.title}>
      <TopBar
        title={text.title}
        status={session.live.connection.value}
        onBack={() => navigation.back()}
      />
      <OfflineStrip where="outbox" />
      <Body>
        {note !== null && (
          <Note tone="warning">
            <p>{note}</p>
          </Note>
        )}
        {unsent === null && note === null && <Waiting label={text.title} rows={2} shape="card" />}
        {unsent?.length === 0 && <State icon="check" title={text.none} text={text.noneText} />}
        <ul class="unsents">
          {(unsent ?? []).map((one) => (
            <One key={one.txnId} unsent={one} run={run} />
          ))}
        </ul>
      </Body>
    </Screen>
  );
}

function One({ unsent, run }: { unsent: Unsent; run: Do }) {
  const { surroundings } = useApp();
  const [typed, setTyped] = useState<string | null>(null);
  const all = everydayWords();
  const text = all.outbox;
  const { txnId, kind, failed } = unsent;
  const shown = unsent.what === "reaction" ? (all.signs[unsent.text] ?? unsent.text) : unsent.text;
  const save = async (): Promise<void> => {
    const next = typed?.trim() ?? "";
    setTyped(null);
    if (next !== "" && next !== unsent.text) await run("rewrite", { txnId, text: next });
  };
  return (
    <li class={`unsent kind-${kind}`}>
      <p class="unsent__to">
        <Icon name={kind} size={18} />
        {text.to(words().kind[kind], unsent.purpose)}
      </p>
      {typed === null ? (
        <p class="unsent__text">{shown}</p>
      ) : (
        <textarea
          class="field__input job__note"
          aria-label={text.edit}
          rows={3}
          maxLength={4000}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <p class="unsent__state">
        {text.what[unsent.what]}, {moment(unsent.writtenTs, surroundings.now())}.{" "}
        {failed === null ? text.waiting : `${text.failed}. ${problemText(failed)}`}
      </p>
      {!unsent.canRewrite && unsent.what !== "reaction" && (
        <p class="unsent__state">{text.mayHaveGone}</p>
      )}
      <div class="unsent__do">
        {typed !== null && (
          <Button small onPress={() => void save()}>
            {text.save}
          </Button>
        )}
        {typed === null && unsent.canRewrite && (
          <Button small look="secondary" onPress={() => setTyped(unsent.text)}>
            {text.edit}
          </Button>
        )}
        {failed !== null && typed === null && (
          <Button small look="secondary" onPress={() => void run("retry", { txnId })}>
            {text.again}
          </Button>
        )}
        <Button small look="secondary" onPress={() => void run("cancel", { txnId })}>
          {text.cancel}
        </Button>
      </div>
    </li>
  );
}
