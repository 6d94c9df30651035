import { Icon } from "../../components/icon/Icon";
import { everydayWords } from "../../i18n/everyday";
import { words } from "../../i18n/language";
import type { SaidItem, Reaction } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { problemText } from "../../model/problem";
import { SignIcon } from "./SignIcon";
import "./Everyday.scss";

interface BesideProps {
  item: SaidItem;
  model: ConversationModel;
}

/** Before the words: what they answer, and where they come from. */
export function Above({ item, model }: BesideProps) {
  const text = everydayWords();
  return (
    <>
      {item.forwarded && (
        <p class="beside">
          <Icon name="forward" size={16} />
          {text.forwarded}
        </p>
      )}
      {item.mentionsMe && !item.sender.own && (
        <p class="beside beside--me">
          <Icon name="person" size={16} />
          {text.mentioned}
        </p>
      )}
      {item.handover && (
        <p class="beside">
          <Icon name="pin" size={16} />
          {text.jobs.handOverTitle}
        </p>
      )}
      {item.reply && <Answered item={item} model={model} />}
    </>
  );
}

function Answered({ item, model }: BesideProps) {
  const text = everydayWords();
  const { reply } = item;
  if (!reply) return null;
  const go = async (): Promise<void> => {
    if (!(await model.jumpTo(reply.eventId))) model.note.value = text.tooFar;
  };
  return (
    <button type="button" class="answered" onClick={() => void go()}>
      <span class="hidden">{text.inReplyTo} </span>
      {reply.who !== "" && <span class="answered__who">{reply.who}</span>}
      <span class="answered__text">{reply.text ?? text.notHere}</span>
    </button>
  );
}

/** After them: signs of others, and a change that is still on its way. */
export function Below({ item, model }: BesideProps) {
  return (
    <>
      {item.change && <Changing item={item} model={model} />}
      {item.reactions && (
        <ul class="signs">
          {item.reactions.map((reaction) => (
            <li key={reaction.key}>
              <Sign reaction={reaction} onPress={() => void model.react(item, reaction.key)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Sign({ reaction, onPress }: { reaction: Reaction; onPress: () => void }) {
  const text = everydayWords();
  const { key, people, mine } = reaction;
  const who = mine === null ? people : [...people.slice(0, -1), text.you];
  const word = text.signs[key] ?? key;
  return (
    <button
      type="button"
      class={mine === null ? "sign" : "sign sign--mine"}
      aria-pressed={mine !== null}
      onClick={onPress}
    >
      <SignIcon sign={key} size={18} />
      <span class="sign__word">{word}</span>
      <span class="hidden">: {words().joined(who)}</span>
      {people.length > 1 && <span aria-hidden="true">{people.length}</span>}
    </button>
  );
}

function Changing({ item, model }: BesideProps) {
  const text = everydayWords();
  const { change } = item;
  if (!change) return null;
  const failed = change.delivery.state === "failed";
  const of = { ...item, key: change.txnId };
  return (
    <div class={failed ? "message__failed" : "beside"}>
      <p>
        {failed ? `${text.changeFailed}. ` : text.changeWaiting}
        {change.delivery.state === "failed" && problemText(change.delivery.problem)}
      </p>
      {failed && (
        <button type="button" class="message__do" onClick={() => void model.cancel(of)}>
          {words().delivery.remove}
        </button>
      )}
    </div>
  );
}
