import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { FailedState, Note, State } from "../../components/notice/Notice";
import { Heading } from "../../components/screen/Screen";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import { dateAndTime } from "../../i18n/format";
import { lostWords } from "../../i18n/lost";
import { LostModel, type LostPhone, type LostReport } from "../../model/lost";
import { problemText } from "../../model/problem";
import type { LostDeeds } from "../../model/session";
import { useApp } from "../app/useApp";
import "./Lost.scss";

/** From any browser: stop a phone that is gone, and say no more of it than can be proved. */
export function LostScreen({ deeds }: { deeds: LostDeeds }) {
  const { session } = useApp();
  const model = useMemo(() => new LostModel(deeds), [deeds]);
  useEffect(() => void model.load(), [model]);
  const text = lostWords();
  const phones = model.phones.value;
  const problem = model.problem.value;
  if (problem !== null && (phones === null || problem.code === "refused")) {
    const late = problem.code === "refused";
    return late ? (
      <State
        whole
        alert
        icon="alert"
        title={text.title}
        text={text.late}
        action={{ label: text.again, onPress: () => session.startAgain() }}
      />
    ) : (
      <FailedState
        title={text.failed}
        text={problemText(problem)}
        offline={problem.code === "offline"}
        onRetry={() => void model.load()}
      />
    );
  }
  if (phones === null) return <Waiting label={text.loading} rows={2} shape="card" />;
  if (phones.length === 0)
    return <State whole icon="phone" title={text.none} text={text.noneWhy} />;
  return (
    <div class="lost">
      <Heading hint={text.hint}>{text.heading}</Heading>
      {problem !== null && (
        <Note tone="problem">
          <p role="alert">{problemText(problem)}</p>
        </Note>
      )}
      <ul class="lost__phones">
        {phones.map((phone) => (
          <Phone key={phone.handsetId} model={model} phone={phone} />
        ))}
      </ul>
      <SlowLine waiting={model.busy.value !== ""} />
      <Note icon="shield">
        <p>{text.onlyOurs}</p>
      </Note>
      {model.asking.value !== null && <WipeSheet model={model} phone={model.asking.value} />}
    </div>
  );
}

function Phone({ model, phone }: { model: LostModel; phone: LostPhone }) {
  const text = lostWords();
  const { surroundings } = useApp();
  const busy = model.busy.value;
  const report = model.report.value?.handsetId === phone.handsetId ? model.report.value : null;
  const offline = phone.offlineUntilTs;
  const stopped = phone.evidence !== null;
  return (
    <li class="lost__phone">
      <h2 class="lost__name">{phone.name}</h2>
      <p class="lost__line">
        {phone.platform} · {phone.owner === "trust" ? text.trust : text.own}
      </p>
      <p class="lost__line">{text.lastOpened(dateAndTime(phone.lastSeenTs))}</p>
      <div role="status">
        {phone.evidence === null ? (
          <p class="lost__line">{text.active}</p>
        ) : (
          <Note tone="done" icon="lock">
            <p>
              <strong>{text.evidence[phone.evidence.kind](dateAndTime(phone.evidence.ts))}</strong>
            </p>
            <p>{text.means[phone.evidence.kind]}</p>
            {phone.state === "wipe_requested" && <p>{text.pending}</p>}
          </Note>
        )}
      </div>
      {stopped && offline !== null && offline > surroundings.now() && (
        <Note tone="warning">
          <p>{text.assume(dateAndTime(offline))}</p>
        </Note>
      )}
      {phone.state === "active" && (
        <Button
          wide
          icon="lock"
          busy={busy === `lock ${phone.handsetId}` && text.locking}
          onPress={() => void model.do("lock", phone.handsetId)}
        >
          {text.lock(phone.name)}
        </Button>
      )}
      {phone.state === "locked" && (
        <>
          <Button
            wide
            look="secondary"
            busy={busy === `unlock ${phone.handsetId}` && text.unlocking}
            onPress={() => void model.do("unlock", phone.handsetId)}
          >
            {text.unlock(phone.name)}
          </Button>
          <Button wide look="danger" onPress={() => (model.asking.value = phone)}>
            {text.wipe(phone.name)}
          </Button>
        </>
      )}
      {stopped && report === null && (
        <Button
          wide
          look="quiet"
          busy={busy === `report ${phone.handsetId}` && text.reporting}
          onPress={() => void model.do("report", phone.handsetId)}
        >
          {text.report}
        </Button>
      )}
      {report !== null && <Report report={report} />}
    </li>
  );
}

function WipeSheet({ model, phone }: { model: LostModel; phone: LostPhone }) {
  const text = lostWords();
  const busy = model.busy.value === `wipe ${phone.handsetId}`;
  return (
    <Sheet
      size="centre"
      title={text.wipeAsk(phone.name)}
      onClose={() => (model.asking.value = null)}
    >
      <p class="lost__what">{text.wipeWhat}</p>
      <Button
        wide
        look="danger"
        busy={busy && text.wiping}
        onPress={() => void model.do("wipe", phone.handsetId)}
      >
        {text.wipe(phone.name)}
      </Button>
      <Button wide look="quiet" onPress={() => (model.asking.value = null)}>
        {text.keep}
      </Button>
    </Sheet>
  );
}

function Report({ report }: { report: LostReport }) {
  const text = lostWords();
  const [copied, setCopied] = useState<"" | "copied" | "not_copied">("");
  const note = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    const done = await navigator.clipboard.writeText(note.current?.value ?? report.note).then(
      () => true,
      () => false,
    );
    setCopied(done ? "copied" : "not_copied");
  };
  return (
    <section class="lost__report" aria-label={text.report}>
      <h3 class="lost__title">{text.report}</h3>
      <p>{text.window(dateAndTime(report.fromTs), dateAndTime(report.untilTs))}</p>
      <p>{text.openThen}</p>
      {report.rooms.length === 0 ? (
        <p>{text.noRooms}</p>
      ) : (
        <>
          <p>{text.rooms(report.rooms.length)}</p>
          <ul class="lost__rooms">
            {report.rooms.map((room) => (
              <li key={room.roomId}>
                {room.purpose === "" ? text.ended : room.purpose}
                <span class="lost__line">
                  {room.kind in text.kinds ? text.kinds[room.kind as keyof typeof text.kinds] : ""}{" "}
                  · {text.members(room.members)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 class="lost__title">{text.note}</h3>
      <p>{text.clock(dateAndTime(report.dueTs))}</p>
      <Button wide onPress={() => void copy()}>
        {text.copy}
      </Button>
      <div role="status">
        {copied !== "" && <p>{copied === "copied" ? text.copied : text.notCopied}</p>}
      </div>
      <textarea
        class="lost__note"
        aria-label={text.note}
        lang="en-GB"
        rows={12}
        ref={note}
        defaultValue={report.note}
      />
    </section>
  );
}
