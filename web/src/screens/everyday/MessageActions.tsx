import { useState } from "preact/hooks";
import { Action } from "../../components/action/Action";
import { everydayWords } from "../../i18n/everyday";
import { misdirectedWords } from "../../i18n/misdirected";
import { REACTIONS, type SaidItem } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { canForward } from "../../model/forwarding";
import { undoSecondsLeft } from "../../model/timelineRows";
import { useApp } from "../app/useApp";
import type { Over } from "../timeline/ConversationScreen";
import { SignIcon } from "./SignIcon";

interface ActionsProps {
  item: SaidItem;
  model: ConversationModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

/** Answer, react, change, forward, pin, delete: for messages that have gone. */
export function MessageActions({ item, model, onOver, onClose }: ActionsProps) {
  const text = everydayWords();
  const { session } = useApp();
  const room = model.room.value;
  const { eventId } = item;
  if (eventId === null || room?.joined === false) return null;
  const then = (run: () => void) => () => {
    onClose();
    run();
  };
  const minutes = Math.round((session.live.policy.value?.editSeconds ?? 0) / 60);
  const pinned = room?.pinnedEventId === eventId;
  return (
    <>
      <Signs item={item} model={model} onClose={onClose} />
      <Action icon="reply" label={text.reply} onPress={then(() => model.reply(item))} />
      {canForward(item) && (
        <Action
          icon="forward"
          label={text.forward}
          onPress={() => onOver({ is: "forward", item })}
        />
      )}
      {room?.kind !== "social" && !item.task && (
        <Action
          icon="checks"
          label={text.taskFrom}
          hint={text.taskFromHint}
          onPress={() => onOver({ is: "job", item })}
        />
      )}
      {model.canEdit(item) && (
        <Action
          icon="edit"
          label={text.edit}
          hint={text.editHint(minutes)}
          onPress={then(() => model.edit(item))}
        />
      )}
      {room?.mayPin && item.kind === "message" && (
        <Action
          icon="pin"
          label={pinned ? text.unpin : text.pin}
          onPress={then(() => void model.pin(pinned ? null : eventId))}
        />
      )}
      {item.sender.own && undoSecondsLeft(item, model.now.value) === 0 && (
        <Delete onDelete={then(() => void model.undo(item))} />
      )}
      {item.sender.own && (
        <Action
          icon="alert"
          label={misdirectedWords().action}
          hint={misdirectedWords().actionHint}
          onPress={() => onOver({ is: "misdirected", item })}
        />
      )}
    </>
  );
}

function Signs({ item, model, onClose }: Pick<ActionsProps, "item" | "model" | "onClose">) {
  const text = everydayWords();
  return (
    <li>
      <div class="sign-row" role="group" aria-label={text.react}>
        {REACTIONS.map((key) => {
          const word = text.signs[key] ?? key;
          const mine = item.reactions?.some((one) => one.key === key && one.mine !== null) === true;
          return (
            <button
              key={key}
              type="button"
              class={mine ? "sign-row__one sign-row__one--mine" : "sign-row__one"}
              aria-pressed={mine}
              aria-label={text.addSign(word)}
              onClick={() => {
                onClose();
                void model.react(item, key);
              }}
            >
              <SignIcon sign={key} size={26} />
              <span class="sign-row__word">{word}</span>
            </button>
          );
        })}
      </div>
    </li>
  );
}

/** Undo is one tap; what colleagues have had time to read is asked about once. */
function Delete({ onDelete }: { onDelete: () => void }) {
  const text = everydayWords();
  const [sure, setSure] = useState(false);
  if (!sure)
    return (
      <Action icon="bin" label={text.remove} hint={text.removeHint} onPress={() => setSure(true)} />
    );
  return (
    <li class="sure" role="group" aria-label={text.removeSure}>
      <p>{text.removeSure}</p>
      <button type="button" class="message__do" onClick={onDelete}>
        {text.removeYes}
      </button>
      <button type="button" class="message__do" onClick={() => setSure(false)}>
        {text.removeNo}
      </button>
    </li>
  );
}
