import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, errorOf, FieldError } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { shortDate } from "../../i18n/format";
import { keepingWords } from "../../i18n/keeping";
import { words } from "../../i18n/language";
import type { KeepChoice } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { KEEP_CHOICES, KeepingModel } from "../../model/keeping";
import { useApp, useModel } from "../app/useApp";
import type { Over } from "../timeline/ConversationScreen";
import { useDecisions } from "./useDecisions";
import "./Decision.scss";

interface KeepingProps {
  conversation: ConversationModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

/** Asked once: what of a clinical conversation belongs in the record, before the first of it goes. */
export function KeepingSheet({ conversation, onOver, onClose }: KeepingProps) {
  const model = useModel((app) => new KeepingModel(app, conversation));
  const text = keepingWords();
  const goesTs = conversation.room.value?.goesTs;
  const saved = model.saved.value;
  if (saved !== null)
    return (
      <Sheet key="saved" title={text.savedTitle} onClose={onClose}>
        <Saved choice={saved} model={model} onOver={onOver} onClose={onClose} />
      </Sheet>
    );
  if (goesTs === undefined)
    return (
      <Sheet key="meanwhile" title={text.title} onClose={onClose}>
        <p role="status">{text.meanwhile}</p>
      </Sheet>
    );
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.save();
  };
  return (
    <Sheet key="asked" title={text.title} size="full" onClose={onClose}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <WhatHappens goesTs={goesTs} />
        <Choices
          id="keep"
          legend={text.legend}
          choices={KEEP_CHOICES.map((value) => ({
            value,
            label: text.choices[value],
            hint: text.hints[value],
          }))}
          value={model.choice.value}
          onChoose={(value) => model.choose(value as KeepChoice)}
          errors={model.errors.value}
        />
        {model.choice.value === "all_recorded" && model.open.value > 0 && (
          <Note tone="warning" icon="record">
            <p role="status">{text.open(model.open.value)}</p>
          </Note>
        )}
        {model.choice.value === "record_these" && (
          <These model={model} conversation={conversation} />
        )}
        <Button type="submit" wide busy={model.busy.value && text.saving}>
          {text.save}
        </Button>
        <SlowLine waiting={model.busy.value} />
      </form>
    </Sheet>
  );
}

function WhatHappens({ goesTs }: { goesTs: number }) {
  const { surroundings } = useApp();
  const text = keepingWords();
  const date = shortDate(goesTs);
  return (
    <>
      <p>
        <strong>{goesTs <= surroundings.now() ? text.late(date) : text.goes(date)}</strong>{" "}
        {text.once}
      </p>
      <Note icon="bin">
        <p>{text.nobody}</p>
      </Note>
    </>
  );
}

interface TheseProps {
  model: KeepingModel;
  conversation: ConversationModel;
}

function These({ model, conversation }: TheseProps) {
  const decisions = useDecisions();
  const text = keepingWords();
  const error = errorOf("these", model.errors.value);
  const offered = model.offered.value;
  const chosen = model.chosen.value;
  const older = conversation.loadingOlder.value;
  return (
    <fieldset class={error === undefined ? "field" : "field field--error"}>
      <legend class="field__label">{text.these}</legend>
      <p class="field__hint">{text.theseHint}</p>
      <FieldError id="these" text={error} />
      {conversation.canPaginate() && (
        <Button
          small
          look="quiet"
          busy={older && text.loadingOlder}
          onPress={() => void conversation.older()}
        >
          {text.older}
        </Button>
      )}
      {offered.length === 0 && <p role="status">{text.none}</p>}
      <ul class="sources">
        {offered.map((source, index) => (
          <li key={source.key}>
            <label class="source source--choice">
              <input
                type="checkbox"
                class="source__box"
                id={index === 0 ? "these" : undefined}
                checked={chosen.includes(source)}
                onChange={() => model.toggle(source)}
              />
              {decisions && <decisions.Source item={source} roomId={conversation.roomId} />}
            </label>
          </li>
        ))}
      </ul>
      <p role="status">{text.chosen(chosen.length)}</p>
    </fieldset>
  );
}

interface SavedProps {
  choice: KeepChoice;
  model: KeepingModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

function Saved({ choice, model, onOver, onClose }: SavedProps) {
  const text = keepingWords();
  const sources = model.chosen.value;
  return (
    <div class="form">
      <p role="status">{text.saved[choice]}</p>
      <p>{text.told}</p>
      {choice === "record_these" && (
        <Button
          wide
          icon="record"
          onPress={() => onOver({ is: "decide", item: { sources: [...sources] } })}
        >
          {text.decide}
        </Button>
      )}
      <Button wide look="secondary" onPress={onClose}>
        {words().app.done}
      </Button>
    </div>
  );
}
