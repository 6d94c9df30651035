import { useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, Field } from "../../components/form/Field";
import { FailedState, Note } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import { urgentWords } from "../../i18n/urgent";
import { AvailabilityModel } from "../../model/availability";
import { useApp, useModel } from "../app/useApp";
import { useFinding } from "../directory/useFinding";
import "./Urgent.scss";

const STATES = ["on_duty", "busy", "off", "unknown"] as const;

export function AvailabilityScreen() {
  const { navigation, session } = useApp();
  const model = useModel(
    (app) => new AvailabilityModel(app),
    (made) => void made.load(),
  );
  const finding = useFinding();
  const [choosing, setChoosing] = useState(false);
  const text = urgentWords();
  if (choosing)
    return finding === null ? (
      <Waiting label={words().nav.directory} rows={4} />
    ) : (
      <finding.DirectoryScreen
        onBack={() => setChoosing(false)}
        onChosen={({ userId, displayName }) => {
          model.cover({ is: "person", userId, name: displayName });
          setChoosing(false);
        }}
      />
    );
  return (
    <Screen title={text.availabilityTitle}>
      <TopBar
        title={text.availabilityTitle}
        status={session.live.connection.value}
        onBack={() => navigation.back()}
      />
      <Body>
        {model.loading.value ? (
          <Waiting label={text.availabilityTitle} rows={4} />
        ) : model.failed.value !== null ? (
          <FailedState
            title={text.availabilityFailed}
            text={model.failed.value}
            onRetry={() => void model.load()}
          />
        ) : (
          <Form model={model} onChoose={() => setChoosing(true)} />
        )}
      </Body>
    </Screen>
  );
}

function Form({ model, onChoose }: { model: AvailabilityModel; onChoose: () => void }) {
  const text = urgentWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.save();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <p>{text.availabilityWhy}</p>
      <Choices
        id="availability"
        legend={text.stateIs}
        choices={STATES.map((value) => ({ value, label: text.availabilityStates[value] }))}
        value={model.state.value}
        onChoose={(value) => model.choose(STATES.find((one) => one === value) ?? "unknown")}
      />
      {model.state.value !== "unknown" && (
        <Field
          id="availability-until"
          label={text.untilOptional}
          type="datetime-local"
          value={model.until.value}
          onType={(value) => (model.until.value = value)}
          errors={model.errors.value}
        />
      )}
      <Covers model={model} onChoose={onChoose} />
      <Hours model={model} />
      <div role="status">{model.saved.value && <Note tone="done">{text.saved}</Note>}</div>
      <Button type="submit" wide busy={model.busy.value && text.saving}>
        {text.save}
      </Button>
    </form>
  );
}

function Covers({ model, onChoose }: { model: AvailabilityModel; onChoose: () => void }) {
  const text = urgentWords();
  const covers = model.covers.value;
  const roles = model.roles.value.is === "here" ? model.roles.value.all : [];
  const person = covers?.is === "person" ? covers : null;
  const choices = [
    { value: "nobody", label: text.nobodyCovers },
    ...(person === null ? [] : [{ value: "person", label: person.name }]),
    ...roles.map((role) => ({ value: role.roleId, label: role.name })),
  ];
  const chosen = covers === null ? "nobody" : covers.is === "role" ? covers.roleId : "person";
  const choose = (value: string): void => {
    if (value === "nobody") model.cover(null);
    else if (value !== "person") model.cover({ is: "role", roleId: value });
  };
  return (
    <div>
      <Choices
        id="covers"
        legend={text.covers}
        choices={choices}
        value={chosen}
        onChoose={choose}
      />
      <Button look="secondary" icon="person" onPress={onChoose}>
        {text.chooseCover}
      </Button>
    </div>
  );
}

function Hours({ model }: { model: AvailabilityModel }) {
  const text = urgentWords();
  return (
    <fieldset class="field hours" aria-describedby="hours-hint">
      <legend class="field__label">{text.hours}</legend>
      <p class="field__hint" id="hours-hint">
        {text.hoursHint}
      </p>
      {model.days.value.map((day, at) => {
        const name = text.days[at] ?? "";
        return (
          <div class="hours__day" key={name}>
            <Field
              id={`from-${at}`}
              label={text.dayFrom(name)}
              type="time"
              value={day.from}
              onType={(from) => model.setDay(at, { from })}
              errors={model.errors.value}
            />
            <Field
              id={`until-${at}`}
              label={text.dayUntil(name)}
              type="time"
              value={day.until}
              onType={(until) => model.setDay(at, { until })}
            />
          </div>
        );
      })}
    </fieldset>
  );
}
