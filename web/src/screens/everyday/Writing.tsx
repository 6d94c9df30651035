import { Button } from "../../components/button/Button";
import { IconButton } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { Sheet } from "../../components/sheet/Sheet";
import { everydayWords } from "../../i18n/everyday";
import { words } from "../../i18n/language";
import type { ConversationModel } from "../../model/conversation";
import { Feedback } from "./Feedback";

/** Above the box: what the words in it answer, or which message they change. */
export function AboutBar({ model }: { model: ConversationModel }) {
  const about = model.writing.about.value;
  if (about === null) return null;
  const text = everydayWords();
  const { item } = about;
  const title =
    about.is === "edit"
      ? text.editing
      : item.sender.own
        ? text.toYourself
        : text.replyTo(item.sender.name);
  return (
    <div class="about-bar" role="status">
      <Icon name={about.is === "edit" ? "edit" : "reply"} size={18} />
      <p class="about-bar__words">
        <strong>{title}</strong>
        <span class="about-bar__text">{item.text}</span>
      </p>
      <IconButton
        icon="close"
        size={20}
        label={about.is === "edit" ? text.stopEdit : text.stopReply}
        onPress={() => model.stopWriting()}
      />
    </div>
  );
}

/** People of this conversation whose name is being typed after an @. */
export function Names({ model }: { model: ConversationModel }) {
  const { composer, writing } = model;
  const typed = composer.text.value;
  const offered = writing.offered(typed);
  if (offered.length === 0) return null;
  return (
    <ul class="names" aria-label={everydayWords().named}>
      {offered.map((person) => (
        <li key={person.userId}>
          <button
            type="button"
            class="names__one"
            onClick={() => {
              const named = writing.named(typed, person);
              composer.type(named);
              composer.caret.value = named.length;
            }}
          >
            <span class="names__name">{person.name}</span>
            <span class="names__role">{person.role}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Rare: somebody came from a conversation of another kind a moment ago. */
export function WrongPlaceSheet({ model }: { model: ConversationModel }) {
  const place = model.wrongPlace.value;
  if (place === null) return null;
  const text = everydayWords();
  const kinds = words().kind;
  return (
    <Sheet title={text.wrongTitle} size="centre" onClose={() => void model.answerPlace(false)}>
      <div class="form">
        <p>
          <strong>{text.wrong(place.to, kinds[place.toKind])}</strong>
        </p>
        <p>{text.wrongWere(place.from, kinds[place.fromKind])}</p>
        <Button wide look="secondary" onPress={() => void model.answerPlace(false)}>
          {text.wrongBack}
        </Button>
        <Button wide look="secondary" onPress={() => void model.answerPlace(true)}>
          {text.wrongHere}
        </Button>
        <Feedback rule="G29" />
      </div>
    </Sheet>
  );
}
