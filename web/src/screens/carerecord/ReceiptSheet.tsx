import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { FailedState, Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import { decidingWords } from "../../i18n/deciding";
import { decisionWords } from "../../i18n/decisions";
import { dateAndTime, names } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { Decision, TimelineItem } from "../../engine/protocol";
import { ReceiptModel, type ReceiptState, type Replaced } from "../../model/decisionSheet";
import {
  originalsText,
  pictureState,
  statusHint,
  statusText,
  toEnter,
} from "../../model/decisionWhere";
import { correctionOf, isEarly } from "../../model/decisionSources";
import { sinkOf, wordsOfSink } from "../../model/sink";
import { sourcesOf } from "../../model/timelineRows";
import { StepUpSheet } from "../account/StepUpSheet";
import { useApp, useModel } from "../app/useApp";
import { ErrorSheet, PasteSheet } from "./DeedSheets";
import { STATUS_LOOK } from "./DecisionTag";
import "./Decision.scss";

interface ReceiptProps {
  roomId: string;
  decisionId: string;
  items: readonly TimelineItem[];
  justSent?: boolean;
  /** Where a corrected one can be written. */
  onReplace?: (replaced: Replaced) => void;
  onClose: () => void;
}

/** Where a decision stands: waiting, in the record with its reference, or refused and why. */
export function ReceiptSheet({
  roomId,
  decisionId,
  items,
  justSent = false,
  onReplace,
  onClose,
}: ReceiptProps) {
  const app = useApp();
  const { session } = app;
  const model = useModel((made) => new ReceiptModel(made, decisionId), undefined, decisionId);
  const room = session.live.rooms.value.find((known) => known.id === roomId);
  // The room's counts and timeline move when a decision does: read the receipt again then.
  const moved = `${room?.decisions.waiting} ${room?.decisions.inRecord} ${room?.decisions.refused} ${items.length}`;
  useEffect(() => void model.load(), [model, moved]);
  const text = decidingWords();
  const state = model.state.value;
  const [deed, setDeed] = useState<"error" | "paste" | null>(null);
  if (model.stepUp.asking.value) return <StepUpSheet model={model.stepUp} />;
  if (deed === "error" && state.is === "shown")
    return <ErrorSheet model={model} decision={state.decision} onClose={() => setDeed(null)} />;
  const entered = state.is === "shown" ? toEnter(state.decision) : undefined;
  if (deed === "paste" && entered)
    return <PasteSheet model={model} entered={entered} onClose={() => setDeed(null)} />;
  const footer = (
    <Button wide look="secondary" onPress={onClose}>
      {words().app.done}
    </Button>
  );
  return (
    <Sheet title={text.receipt} onClose={onClose} footer={footer}>
      <p class="receipt__note" role="status">
        {model.note.value ??
          (justSent && isOnItsWay(state) ? wordsOfSink(sinkOf(app)).sentText : "")}
      </p>
      {state.is === "loading" && <Waiting label={text.loading} rows={1} shape="card" />}
      {state.is === "failed" && (
        <FailedState title={text.notFound} text={state.text} onRetry={() => void model.load()} />
      )}
      {state.is === "shown" && (
        <Receipt decision={state.decision} items={items}>
          <Buttons
            decision={state.decision}
            model={model}
            items={items}
            onDeed={setDeed}
            onReplace={onReplace}
          />
        </Receipt>
      )}
    </Sheet>
  );
}

/** Until the receipt says where the decision is. */
const isOnItsWay = (state: ReceiptState): boolean =>
  state.is !== "shown" || state.decision.status === "waiting";

function Receipt({
  decision,
  items,
  children,
}: {
  decision: Decision;
  items: readonly TimelineItem[];
  children: ComponentChildren;
}) {
  const { icon, tone } = STATUS_LOOK[decision.status];
  return (
    <div class="receipt">
      <div class={`receipt__status receipt__status--${tone}`}>
        <Icon name={icon} size={24} />
        <div>
          <p class="receipt__word">{statusText(decision)}</p>
          <p>{statusHint(decision)}</p>
        </div>
      </div>
      {decision.overdueTs !== null && (
        <Note tone="warning" icon="clock">
          <p>{decisionWords().overdue}</p>
        </Note>
      )}
      <Facts decision={decision} items={items} />
      {children}
    </div>
  );
}

function Facts({ decision, items }: { decision: Decision; items: readonly TimelineItem[] }) {
  const { session, surroundings } = useApp();
  const grace = session.live.policy.value?.decisionGraceSeconds;
  const text = decidingWords();
  const nameOf = useName(items);
  return (
    <dl class="preview__lines">
      <People decision={decision} nameOf={nameOf} />
      {decision.followUps.map((one) => (
        <div key={one.decisionId}>
          <dt>{decisionWords().followUp[one.kind]}</dt>
          <dd>{statusText({ status: one.status, sink: decision.sink })}</dd>
        </div>
      ))}
      {decision.pictures.map((picture, index) => (
        <div key={picture.mediaId}>
          <dt>{decisionWords().pictureOf(index + 1, decision.pictures.length)}</dt>
          <dd>{decisionWords().pictureStates[pictureState(picture, decision)]}</dd>
        </div>
      ))}
      {decision.reference !== null && (
        <div>
          <dt>{decision.status === "saved_to_folder" ? text.file : text.reference}</dt>
          <dd class="receipt__reference">{decision.reference}</dd>
        </div>
      )}
      {decision.status === "refused" && decision.reason !== null && (
        <div>
          <dt>{text.reason}</dt>
          <dd>{decision.reason}</dd>
        </div>
      )}
      {decision.acknowledgedTs !== null && (
        <div>
          <dt>{decision.status === "saved_to_folder" ? text.saved : text.acknowledged}</dt>
          <dd>{dateAndTime(decision.acknowledgedTs)}</dd>
        </div>
      )}
      <div>
        <dt>{text.originals}</dt>
        <dd>{originalsText(decision, surroundings.now(), grace)}</dd>
      </div>
    </dl>
  );
}

type NameOf = (userId: string) => string;

function useName(items: readonly TimelineItem[]): NameOf {
  const { session } = useApp();
  const me = session.live.me.value?.userId;
  return (userId) =>
    userId === me
      ? words().room.you
      : (items.find((item) => item.sender.userId === userId)?.sender.name ?? userId);
}

function People({ decision, nameOf }: { decision: Decision; nameOf: NameOf }) {
  const text = decisionWords();
  const decider = nameOf(decision.deciderUserId);
  const lines: [string, string | null][] = [
    [text.decidedBy, decision.confirmed ? decider : text.notConfirmed(decider)],
    [text.advisedBy, decision.adviserUserId && nameOf(decision.adviserUserId)],
    [text.pastedBy, decision.pastedBy && nameOf(decision.pastedBy)],
  ];
  return (
    <>
      {lines.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </>
  );
}

interface ButtonsProps {
  decision: Decision;
  model: ReceiptModel;
  items: readonly TimelineItem[];
  onDeed: (deed: "error" | "paste") => void;
  onReplace: ((replaced: Replaced) => void) | undefined;
}

function Buttons({ decision, model, items, onDeed, onReplace }: ButtonsProps) {
  const { session } = useApp();
  const text = decidingWords();
  const more = decisionWords();
  const me = session.live.me.value?.userId;
  const queried = me !== undefined && decision.queriedBy.includes(me);
  const decided = decision.deciderUserId === me;
  const mayQuery = decided || sourcesOf(decision, items).some((item) => item.sender.own);
  const nameOf = useName(items);
  const entered = toEnter(decision);
  const refused =
    decision.status === "refused"
      ? decision.decisionId
      : decision.followUps.find((one) => one.status === "refused")?.decisionId;
  return (
    <>
      {decision.queriedBy.length > 0 && (
        <Note tone="warning" icon="question">
          <p>{text.queriedBy(names(decision.queriedBy.map(nameOf)))}</p>
        </Note>
      )}
      {entered !== undefined && (
        <Button wide onPress={() => onDeed("paste")}>
          {entered.status === "to_paste" ? more.paste : more.filed}
          {entered.kind !== null && `: ${more.followUp[entered.kind]}`}
        </Button>
      )}
      {decided && !decision.confirmed && stands(decision) && (
        <Button wide busy={model.busy.value && text.sending} onPress={() => void model.confirm()}>
          {more.confirm}
        </Button>
      )}
      {refused !== undefined && (
        <Button
          wide
          busy={model.busy.value && text.sending}
          onPress={() => void model.retry(refused)}
        >
          {text.retry}
        </Button>
      )}
      {mayQuery && !["disposed", "withdrawn"].includes(decision.status) && (
        <Button
          wide
          look="secondary"
          icon="question"
          busy={model.busy.value && words().signIn.checking}
          onPress={() => void model.query(queried)}
        >
          {queried ? text.withdraw : text.query}
        </Button>
      )}
      <Corrections decision={decision} items={items} onDeed={onDeed} onReplace={onReplace} />
    </>
  );
}

const stands = (decision: Decision): boolean =>
  !["withdrawn", "other"].includes(decision.status) && correctionOf(decision) === undefined;

/** Of what the record has, or may have although it refused it; what is on its way can be stopped. */
function Corrections({ decision, items, onDeed, onReplace }: Omit<ButtonsProps, "model">) {
  const nameOf = useName(items);
  const text = decisionWords();
  if (!stands(decision)) return null;
  const summary = items.find((item) => item.eventId === decision.summaryEventId);
  const replaced = (): Replaced => ({
    decisionId: decision.decisionId,
    text: summary?.kind === "decision" ? summary.text : "",
    ts: decision.decidedTs,
    decider: {
      userId: decision.deciderUserId,
      name: nameOf(decision.deciderUserId),
      role: "",
    },
    sources: sourcesOf(decision, items).filter(
      (item) => item.kind === "message" || item.kind === "image",
    ),
  });
  return (
    <>
      {onReplace && decision.status !== "refused" && !isEarly(decision) && (
        <Button wide look="secondary" onPress={() => onReplace(replaced())}>
          {text.replace}
        </Button>
      )}
      <Button wide look="secondary" icon="alert" onPress={() => onDeed("error")}>
        {text.error}
      </Button>
    </>
  );
}
