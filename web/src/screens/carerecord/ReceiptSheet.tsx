import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { FailedState, Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import { dateAndTime, names } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { Decision, TimelineItem } from "../../engine/protocol";
import {
  originalsText,
  ReceiptModel,
  statusText,
  type ReceiptState,
} from "../../model/decisionSheet";
import { sourcesOf } from "../../model/timelineRows";
import { useApp, useModel } from "../app/useApp";
import { STATUS_LOOK } from "./DecisionTag";
import "./Decision.scss";

interface ReceiptProps {
  roomId: string;
  decisionId: string;
  items: readonly TimelineItem[];
  justSent?: boolean;
  onClose: () => void;
}

/** Where a decision stands: waiting, in the record with its reference, or refused and why. */
export function ReceiptSheet({
  roomId,
  decisionId,
  items,
  justSent = false,
  onClose,
}: ReceiptProps) {
  const { session } = useApp();
  const model = useModel((app) => new ReceiptModel(app, roomId, decisionId), undefined, decisionId);
  const room = session.live.rooms.value.find((known) => known.id === roomId);
  // The room's counts and timeline move when a decision does: read the receipt again then.
  const moved = `${room?.decisions.waiting} ${room?.decisions.inRecord} ${room?.decisions.refused} ${items.length}`;
  useEffect(() => void model.load(), [model, moved]);
  const text = words().decision;
  const state = model.state.value;
  const footer = (
    <Button wide look="secondary" onPress={onClose}>
      {words().app.done}
    </Button>
  );
  return (
    <Sheet title={text.receipt} onClose={onClose} footer={footer}>
      <p class="receipt__note" role="status">
        {model.note.value ?? (justSent && isOnItsWay(state) ? text.sentText : "")}
      </p>
      {state.is === "loading" && <Waiting label={text.loading} rows={1} shape="card" />}
      {state.is === "failed" && (
        <FailedState title={text.notFound} text={state.text} onRetry={() => void model.load()} />
      )}
      {state.is === "shown" && <Receipt decision={state.decision} model={model} items={items} />}
    </Sheet>
  );
}

/** Until the receipt says where the decision is. */
const isOnItsWay = (state: ReceiptState): boolean =>
  state.is !== "shown" || state.decision.status === "waiting";

function Receipt({
  decision,
  model,
  items,
}: {
  decision: Decision;
  model: ReceiptModel;
  items: readonly TimelineItem[];
}) {
  const text = words().decision;
  const { icon, tone } = STATUS_LOOK[decision.status];
  return (
    <div class="receipt">
      <div class={`receipt__status receipt__status--${tone}`}>
        <Icon name={icon} size={24} />
        <div>
          <p class="receipt__word">{statusText(decision)}</p>
          <p>
            {
              text.statusHint[
                decision.sink === "folder" && decision.status === "disposed"
                  ? "saved_to_folder"
                  : decision.status
              ]
            }
          </p>
        </div>
      </div>
      <Facts decision={decision} />
      <Buttons decision={decision} model={model} items={items} />
    </div>
  );
}

function Facts({ decision }: { decision: Decision }) {
  const { session, surroundings } = useApp();
  const grace = session.live.policy.value?.decisionGraceSeconds;
  const text = words().decision;
  return (
    <dl class="preview__lines">
      {decision.reference !== null && (
        <div>
          <dt>{text.reference}</dt>
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
          <dt>{text.acknowledged}</dt>
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

interface ButtonsProps {
  decision: Decision;
  model: ReceiptModel;
  items: readonly TimelineItem[];
}

function Buttons({ decision, model, items }: ButtonsProps) {
  const { session } = useApp();
  const text = words().decision;
  const me = session.live.me.value?.userId;
  const queried = me !== undefined && decision.queriedBy.includes(me);
  const wroteSource = sourcesOf(decision, items).some((item) => item.sender.own);
  const nameOf = (userId: string): string =>
    userId === me
      ? words().room.you
      : (items.find((item) => item.sender.userId === userId)?.sender.name ?? userId);
  return (
    <>
      {decision.queriedBy.length > 0 && (
        <Note tone="warning" icon="question">
          <p>{text.queriedBy(names(decision.queriedBy.map(nameOf)))}</p>
        </Note>
      )}
      {decision.status === "refused" && (
        <Button wide busy={model.busy.value && text.sending} onPress={() => void model.retry()}>
          {text.retry}
        </Button>
      )}
      {wroteSource && decision.status !== "disposed" && (
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
    </>
  );
}
