import { useEffect, useState } from "preact/hooks";
import { Action } from "../../components/action/Action";
import { FailedState } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import { actionWords } from "../../i18n/actions";
import { clockTime, moment } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { Reach, SaidItem } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { canBeSource, mayGoTo } from "../../model/decisionSources";
import { attempt, problemText } from "../../model/problem";
import { sinkOf, wordsOfSink } from "../../model/sink";
import type { Loaded } from "../../model/roomDetails";
import { undoSecondsLeft } from "../../model/timelineRows";
import { useApp } from "../app/useApp";
import { everyday } from "../everyday/useEveryday";
import type { Over } from "./ConversationScreen";

interface SheetProps {
  item: SaidItem;
  model: ConversationModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

/** What can be done with a message. Copying is not among it, and the sheet says so. */
export function ActionsSheet({ item: opened, model, onOver, onClose }: SheetProps) {
  // It may have gone to the server since the sheet was opened.
  const known = model.items.value.find((one) => one.key === opened.key);
  const item = known?.kind === opened.kind ? (known as SaidItem) : opened;
  const text = actionWords();
  const sink = sinkOf(useApp());
  const now = model.now.value;
  const then = (run: () => void) => () => {
    onClose();
    run();
  };
  const unsent = item.sender.own && item.eventId === null;
  const { decision } = item;
  const more = everyday();
  return (
    <Sheet title={text.title} onClose={onClose}>
      <blockquote class="quote">
        <p class="quote__who">
          {item.sender.own ? words().room.you : item.sender.name}, {clockTime(item.ts)}
        </p>
        <p class="quote__text">{item.text}</p>
      </blockquote>
      <ul class="actions">
        {more && (
          <more.MessageActions item={item} model={model} onOver={onOver} onClose={onClose} />
        )}
        {canBeSource(item) && mayGoTo(sink, item) && model.room.value?.kind === "clinical" && (
          <Action
            icon="record"
            label={item.kind === "image" ? wordsOfSink(sink).picture : text.decide}
            hint={wordsOfSink(sink).decideHint}
            onPress={() => onOver({ is: "decide", item })}
          />
        )}
        {decision && (
          <Action
            icon="record"
            label={text.receipt}
            onPress={() => onOver({ is: "receipt", mark: decision })}
          />
        )}
        {decision && decision.status !== "disposed" && (
          <Action
            icon="question"
            label={text.query}
            hint={text.queryHint}
            onPress={() => onOver({ is: "receipt", mark: decision })}
          />
        )}
        {undoSecondsLeft(item, now) > 0 && (
          <Action icon="undo" label={text.undo} onPress={then(() => void model.undo(item))} />
        )}
        {item.delivery.state === "failed" && item.delivery.canRetry && (
          <Action icon="send" label={text.retry} onPress={then(() => void model.retry(item))} />
        )}
        {unsent && (
          <Action icon="bin" label={text.remove} onPress={then(() => void model.cancel(item))} />
        )}
        {item.eventId !== null && (
          <Action icon="checks" label={text.who} onPress={() => onOver({ is: "who", item })} />
        )}
      </ul>
      <p class="actions__note">{text.noCopy}</p>
    </Sheet>
  );
}

function People({
  title,
  people,
  now,
}: {
  title: string;
  now: number;
  people: readonly { userId: string; name: string; ts?: number }[];
}) {
  if (people.length === 0) return null;
  return (
    <section class="who">
      <h3 class="who__title">
        {title} ({people.length})
      </h3>
      <ul>
        {people.map((person) => (
          <li class="who__one" key={person.userId}>
            <span>{person.name}</span>
            {person.ts !== undefined && person.ts > 0 && <time>{moment(person.ts, now)}</time>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function WhoSheet({
  item,
  roomId,
  onClose,
}: {
  item: SaidItem;
  roomId: string;
  onClose: () => void;
}) {
  const { session, surroundings } = useApp();
  const now = surroundings.now();
  const text = actionWords();
  const [state, setState] = useState<Loaded<Reach>>({ is: "loading" });
  const load = async (): Promise<void> => {
    if (item.eventId === null) return;
    const outcome = await attempt(session, "reach", { roomId, eventId: item.eventId });
    setState(
      outcome.ok
        ? { is: "shown", value: outcome.answer }
        : { is: "failed", text: problemText(outcome.problem) },
    );
  };
  useEffect(() => void load(), []);
  return (
    <Sheet title={text.who} onClose={onClose}>
      {state.is === "loading" && <Waiting label={text.who} rows={1} shape="card" />}
      {state.is === "failed" && (
        <FailedState title={text.who} text={state.text} onRetry={() => void load()} />
      )}
      {state.is === "shown" && (
        <>
          <People now={now} title={text.readBy} people={state.value.readBy} />
          <People now={now} title={text.deliveredTo} people={state.value.deliveredTo} />
          <People now={now} title={text.notYet} people={state.value.notYet} />
        </>
      )}
    </Sheet>
  );
}
