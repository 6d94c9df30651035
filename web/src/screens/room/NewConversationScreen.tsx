import { TopBar } from "../../components/bars/Bars";
import { Button, IconButton } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, errorOf, Field, FieldError } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { PersonLine } from "../../components/person/Person";
import { Body, Screen } from "../../components/screen/Screen";
import { SlowLine } from "../../components/waiting/Waiting";
import { findingWords } from "../../i18n/finding";
import { groupWords } from "../../i18n/groups";
import { words } from "../../i18n/language";
import type { NewConversationModel } from "../../model/newConversation";
import { useApp } from "../app/useApp";
import { KindChoice } from "../groups/KindChoice";
import { InductionSheet } from "./InductionSheet";
import "./NewConversation.scss";

export function NewConversationScreen({ model }: { model: NewConversationModel }) {
  const { navigation, session } = useApp();
  const text = findingWords().newRoom;
  const kind = model.kind.value;
  const title = groupWords().titles[kind];
  const purposes = kind === "clinical" ? text.purposes : groupWords().purposes[kind];
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.start();
  };
  const choices = [
    ...purposes.map((purpose) => ({ value: purpose, label: purpose })),
    { value: "other", label: text.other },
  ];
  return (
    <Screen title={groupWords().newTitle} kind={kind}>
      <TopBar
        title={title}
        onBack={() => navigation.back()}
        status={session.live.connection.value === "Offline" ? "Offline" : undefined}
      />
      <Body>
        <form class="form" noValidate onSubmit={submit}>
          <ErrorSummary errors={model.errors.value} />
          <Chosen model={model} />
          <KindChoice value={kind} onChoose={(chosen) => model.be(chosen)} />
          <Choices
            id="purpose"
            legend={text.purpose}
            hint={text.purposeHint}
            choices={choices}
            value={model.choice.value}
            onChoose={(value) => (model.choice.value = value)}
            errors={model.errors.value}
          />
          {model.choice.value === "other" && (
            <Field
              id="other"
              label={text.otherLabel}
              value={model.other.value}
              onType={(value) => (model.other.value = value)}
              maxLength={80}
              autoCapitalize="sentences"
              errors={model.errors.value}
            />
          )}
          <Note icon="info">
            <p>{words().newRoom.notRecord}</p>
          </Note>
          <Button type="submit" wide busy={model.busy.value && text.starting}>
            {text.start}
          </Button>
          <SlowLine waiting={model.busy.value} />
        </form>
      </Body>
      {model.induction.value && (
        <InductionSheet
          busy={model.busy.value}
          onAccept={() => void model.inducted()}
          onClose={() => (model.induction.value = false)}
        />
      )}
    </Screen>
  );
}

function Chosen({ model }: { model: NewConversationModel }) {
  const { navigation } = useApp();
  const text = findingWords().newRoom;
  const error = errorOf("people", model.errors.value);
  return (
    <section
      class={error === undefined ? "chosen" : "chosen field--error"}
      aria-labelledby="people-title"
    >
      <h2 class="field__label" id="people-title">
        {text.people}
      </h2>
      <FieldError id="people" text={error} />
      <ul>
        {model.people.value.map((person) => (
          <li class="chosen__one" key={person.userId}>
            <PersonLine name={person.displayName} role={person.role} ward={person.ward} />
            <IconButton
              icon="close"
              size={20}
              label={text.remove(person.displayName)}
              onPress={() => model.remove(person.userId)}
            />
          </li>
        ))}
      </ul>
      <button
        type="button"
        id="people"
        class="chosen__add"
        onClick={() => navigation.go({ at: "pick" })}
      >
        + {text.another}
      </button>
    </section>
  );
}
