import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { FailedState } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import type { Team } from "../../engine/protocol";
import { groupWords } from "../../i18n/groups";
import { AddTeamModel } from "../../model/addTeam";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import { TickList } from "./TickList";

export function AddingTeam({ roomId }: { roomId: string }) {
  const model = useModel(
    (app) => new AddTeamModel(app, roomId),
    (made) => void made.load(null),
  );
  return <TeamScreen model={model} />;
}

/** A ward's team in one tap, then unticked (G27). */
function TeamScreen({ model }: { model: AddTeamModel }) {
  const { navigation } = useApp();
  const text = groupWords();
  const state = model.team.value;
  return (
    <Screen title={text.teamTitle}>
      <TopBar title={text.teamTitle} onBack={() => navigation.back()} />
      <OfflineStrip where="list" />
      <Body>
        {state.is === "loading" && <Waiting label={text.loading} rows={4} />}
        {state.is === "failed" && (
          <FailedState
            title={text.failed}
            text={state.text}
            onRetry={() => void model.load(null)}
          />
        )}
        {state.is === "shown" && <TeamForm model={model} team={state.value} />}
      </Body>
    </Screen>
  );
}

function TeamForm({ model, team }: { model: AddTeamModel; team: Team }) {
  const text = groupWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.add();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <p>{text.teamWhy}</p>
      <div class="field">
        <label class="field__label" for="ward">
          {text.ward}
        </label>
        <select
          class="field__input"
          id="ward"
          onChange={(event) => void model.load(event.currentTarget.value)}
        >
          {team.wards.map((ward) => (
            <option key={ward} value={ward} selected={ward === team.ward}>
              {ward}
            </option>
          ))}
        </select>
      </div>
      {team.people.length === 0 ? <p>{text.noTeam}</p> : <TeamList model={model} team={team} />}
      {team.people.length > 0 && (
        <>
          <Field
            id="reason"
            label={text.reason}
            hint={text.reasonHint}
            value={model.reason.value}
            onType={(value) => (model.reason.value = value)}
            maxLength={120}
            autoCapitalize="sentences"
            errors={model.errors.value}
          />
          <Button type="submit" wide busy={model.busy.value && text.adding}>
            {text.ticked(model.ticked().length)}
          </Button>
          <SlowLine waiting={model.busy.value} />
        </>
      )}
    </form>
  );
}

function TeamList({ model, team }: { model: AddTeamModel; team: Team }) {
  const text = groupWords();
  return (
    <TickList
      legend={team.ward}
      people={team.people.map(({ userId, name, role, reachable }) => ({
        userId,
        name,
        hint: reachable ? role : `${role} · ${text.noPhone}`,
        possible: reachable,
      }))}
      ticked={new Set(model.ticked())}
      onTick={(userId, on) => model.tick(userId, on)}
      errors={model.errors.value}
    />
  );
}
