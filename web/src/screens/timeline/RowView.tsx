import { Icon } from "../../components/icon/Icon";
import { clockTime } from "../../i18n/format";
import { words } from "../../i18n/language";
import type {
  DecisionItem,
  DecisionMark,
  DisposedItem,
  HiddenItem,
  MediaItem,
  MessageItem,
  NoticeItem,
  SaidItem,
  TimelineItem,
  UnreadableItem,
} from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { problemText } from "../../model/problem";
import { undoSecondsLeft, type Row } from "../../model/timelineRows";
import type { Over } from "./ConversationScreen";
import { DeliveryLine } from "./DeliveryLine";
import { noticeText } from "./noticeText";
import { canBeSource } from "../../model/decisionSources";
import { useLater } from "../app/useLater";
import { DecisionTag } from "../carerecord/DecisionTag";
import { everyday } from "../everyday/useEveryday";
import { useViewer } from "../media/useMedia";

interface RowProps {
  row: Row;
  position: number;
  of: number;
  model: ConversationModel;
  onOver: (over: Over) => void;
}

export function RowView({ row, position, of, model, onOver }: RowProps) {
  const { item } = row;
  const label = `m${position}`;
  const side = item.kind === "notice" ? "middle" : item.sender.own ? "own" : "other";
  return (
    <div class={row.follows ? "row row--follows" : "row"}>
      {row.day !== null && <p class="row__day">{row.day}</p>}
      {row.firstNew && <p class="row__new">{words().room.newMessages}</p>}
      <article
        class={`message message--${side}`}
        tabIndex={-1}
        aria-posinset={position}
        aria-setsize={of}
        aria-labelledby={label}
      >
        <Content item={item} label={label} follows={row.follows} model={model} onOver={onOver} />
      </article>
    </div>
  );
}

interface ContentProps<T = TimelineItem> {
  item: T;
  label: string;
  follows: boolean;
  model: ConversationModel;
  onOver: (over: Over) => void;
}

function Content(props: ContentProps) {
  const { item } = props;
  switch (item.kind) {
    case "message":
      return <Message {...props} item={item} />;
    case "image":
    case "file":
      return <Media {...props} item={item} />;
    case "decision":
      return <Decision {...props} item={item} />;
    case "unreadable":
      return <Unreadable {...props} item={item} />;
    case "hidden":
      return <Hidden item={item} label={props.label} />;
    case "disposed":
      return <Disposed {...props} item={item} />;
    case "notice":
      return <NoticeLine item={item} label={props.label} onOver={props.onOver} />;
  }
}

/** Full name and role at each turn; for the eye not again on the next line, for the ear always. */
function Who({ item, label, follows }: { item: TimelineItem; label: string; follows: boolean }) {
  const name = item.sender.own ? words().room.you : item.sender.name;
  return (
    <p class={item.sender.own || follows ? "hidden" : "message__who"} id={label}>
      <span class="message__name">{name}</span>
      {item.sender.role !== "" && !item.sender.own && (
        <span class="message__role">, {item.sender.role}</span>
      )}
      <span class="hidden">, {clockTime(item.ts)}</span>
    </p>
  );
}

function Message({ item, label, follows, model, onOver }: ContentProps<MessageItem>) {
  const text = words().room;
  const beside = everyday();
  return (
    <>
      <div class="message__bubble">
        <Who item={item} label={label} follows={follows} />
        {beside && <beside.Above item={item} model={model} />}
        <p class="message__text">{item.text}</p>
        {item.decision ? (
          <MarkButton mark={item.decision} onOver={onOver} />
        ) : (
          model.room.value?.kind === "clinical" && <Suggestion item={item} onOver={onOver} />
        )}
        <p class="message__foot">
          {item.edited && <span>{text.edited}</span>}
          <time>{clockTime(item.ts)}</time>
          {item.sender.own && <DeliveryLine delivery={item.delivery} />}
        </p>
        {beside && <beside.Below item={item} model={model} />}
        {item.delivery.state === "failed" && <Failed item={item} model={model} />}
      </div>
      <MoreButton item={item} onOver={onOver} />
      <Undo item={item} model={model} />
    </>
  );
}

function MoreButton({ item, onOver }: { item: SaidItem; onOver: (over: Over) => void }) {
  const text = words().room;
  const who = item.sender.own ? text.you : item.sender.name;
  return (
    <button
      type="button"
      class="message__more"
      aria-label={text.actionsFor(who, clockTime(item.ts))}
      aria-haspopup="dialog"
      onClick={() => onOver({ is: "actions", item })}
    >
      <Icon name="more" size={20} />
    </button>
  );
}

/** What it shows is fetched with the first picture that comes. */
function Media({ item, label, follows, model, onOver }: ContentProps<MediaItem>) {
  const viewer = useViewer();
  const beside = everyday();
  return (
    <>
      <div class="message__bubble">
        <Who item={item} label={label} follows={follows} />
        {beside && <beside.Above item={item} model={model} />}
        {viewer && <viewer.MediaView item={item} roomId={model.roomId} onOver={onOver} />}
        {item.decision && <MarkButton mark={item.decision} onOver={onOver} />}
        <p class="message__foot">
          <time>{clockTime(item.ts)}</time>
          {item.sender.own && <DeliveryLine delivery={item.delivery} />}
        </p>
        {beside && <beside.Below item={item} model={model} />}
        {item.delivery.state === "failed" && <Failed item={item} model={model} />}
      </div>
      <MoreButton item={item} onOver={onOver} />
    </>
  );
}

function Undo({ item, model }: { item: MessageItem; model: ConversationModel }) {
  const seconds = undoSecondsLeft(item, model.now.value);
  if (seconds === 0) return null;
  return (
    <button
      type="button"
      class="message__undo"
      aria-label={words().delivery.undoLabel}
      onClick={() => void model.undo(item)}
    >
      <Icon name="undo" size={18} />
      {words().delivery.undo(seconds)}
    </button>
  );
}

function Failed({ item, model }: { item: SaidItem; model: ConversationModel }) {
  if (item.delivery.state !== "failed") return null;
  const text = words().delivery;
  return (
    <div class="message__failed">
      <p>{problemText(item.delivery.problem)}</p>
      {item.delivery.canRetry && (
        <button type="button" class="message__do" onClick={() => void model.retry(item)}>
          {text.retry}
        </button>
      )}
      <button type="button" class="message__do" onClick={() => void model.cancel(item)}>
        {text.remove}
      </button>
    </div>
  );
}

function MarkButton({ mark, onOver }: { mark: DecisionMark; onOver: (over: Over) => void }) {
  return (
    <button type="button" class="message__mark" onClick={() => onOver({ is: "receipt", mark })}>
      <DecisionTag {...mark} />
      <span class="message__open">{words().item.receipt}</span>
    </button>
  );
}

const loadNudge = () => import("../../nudge/decision");

/** Found on this phone, told to nobody. */
function Suggestion({ item, onOver }: { item: MessageItem; onOver: (over: Over) => void }) {
  const nudge = useLater(loadNudge);
  if (!canBeSource(item) || !nudge?.readsLikeDecision(item.text)) return null;
  return (
    <button type="button" class="message__mark" onClick={() => onOver({ is: "decide", item })}>
      <span class="message__open">{words().item.suggest}</span>
    </button>
  );
}

function Decision({ item, label, onOver }: ContentProps<DecisionItem>) {
  const text = words().item;
  return (
    <div class="message__bubble message__bubble--decision">
      <p class="message__banner" id={label}>
        <Icon name="record" size={18} />
        {text.decision}
        <span class="hidden">
          , {item.sender.own ? words().room.you : item.sender.name}, {clockTime(item.ts)}
        </span>
      </p>
      <p class="message__text">{item.text}</p>
      <p class="message__role">{text.decidedBy(item.deciderName, clockTime(item.decidedTs))}</p>
      {item.decision && <MarkButton mark={item.decision} onOver={onOver} />}
      <p class="message__foot">
        <time>{clockTime(item.ts)}</time>
        {item.sender.own && <DeliveryLine delivery={item.delivery} />}
      </p>
    </div>
  );
}

function Unreadable({ item, label, follows }: ContentProps<UnreadableItem>) {
  const text = words().item;
  return (
    <div class="message__bubble message__bubble--faint">
      <Who item={item} label={label} follows={follows} />
      <p class="message__reason">
        <Icon name="lock" size={18} />
        <span>
          <strong>{text.unreadable}.</strong> {text.reasons[item.reason](item.sender.name)}
        </span>
      </p>
      <p class="message__foot">
        <time>{clockTime(item.ts)}</time>
      </p>
    </div>
  );
}

function Hidden({ item, label }: { item: HiddenItem; label: string }) {
  const text = words().item;
  return (
    <div class="message__bubble message__bubble--faint">
      <p class="message__reason" id={label}>
        <Icon name="undo" size={18} />
        <span>
          {item.own ? text.hiddenOwn : text.hidden(item.by)} {text.hiddenNote}
        </span>
      </p>
      <p class="message__foot">
        <time>{clockTime(item.ts)}</time>
      </p>
    </div>
  );
}

function Disposed({ item, label, onOver }: ContentProps<DisposedItem>) {
  const text = words().item;
  const time = clockTime(item.ts);
  const sentence =
    item.reason === "in_record"
      ? text.movedAt(time)
      : item.reason === "retention"
        ? text.disposedAt(time)
        : item.reason === "misdirected"
          ? text.misdirected
          : item.sentence;
  return (
    <div class="message__bubble message__bubble--gone">
      <p class="message__reason" id={label}>
        <Icon name="record" size={18} />
        <span>
          {sentence}
          {item.decision?.reference && (
            <span class="message__reference"> · {text.reference(item.decision.reference)}</span>
          )}
        </span>
      </p>
      {item.decision && (
        <button
          type="button"
          class="message__do"
          onClick={() => item.decision && onOver({ is: "receipt", mark: item.decision })}
        >
          {text.receipt}
        </button>
      )}
    </div>
  );
}

function NoticeLine({
  item,
  label,
  onOver,
}: {
  item: NoticeItem;
  label: string;
  onOver: (over: Over) => void;
}) {
  const { notice } = item;
  const line = (
    <span id={label}>
      {noticeText(notice, item.ts)} <time>{clockTime(item.ts)}</time>
    </span>
  );
  if (notice.what !== "decision") return <p class="message__notice">{line}</p>;
  return (
    <button
      type="button"
      class="message__notice message__notice--button"
      onClick={() => onOver({ is: "receipt", mark: notice })}
    >
      <Icon name="record" size={16} />
      {line}
    </button>
  );
}
