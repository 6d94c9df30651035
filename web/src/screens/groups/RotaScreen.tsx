import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, Field } from "../../components/form/Field";
import { FailedState, Note } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import type { OnCallRole } from "../../engine/protocol";
import { moment, names } from "../../i18n/format";
import { groupWords } from "../../i18n/groups";
import { rotaWords } from "../../i18n/rota";
import { AddRotaModel, type OnDuty, type RotaEnd } from "../../model/addRota";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import { TickList } from "./TickList";

export function AddingRota({ roomId }: { roomId: string }) {
  const { navigation } = useApp();
  const model = useModel(
    (app) => new AddRotaModel(app, roomId),
    (made) => void made.load(),
  );
  const text = rotaWords();
  const state = model.rota.value;
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} onBack={() => navigation.back()} />
      <OfflineStrip where="list" />
      <Body>
        {state.is === "loading" && <Waiting label={groupWords().loading} rows={4} />}
        {state.is === "failed" && (
          <FailedState
            title={groupWords().failed}
            text={state.text}
            onRetry={() => void model.load()}
          />
        )}
        {state.is === "shown" &&
          (state.value.roles.length === 0 ? (
            <p>{text.none}</p>
          ) : (
            <RotaForm model={model} roles={state.value.roles} />
          ))}
      </Body>
    </Screen>
  );
}

function RotaForm({ model, roles }: { model: AddRotaModel; roles: readonly OnCallRole[] }) {
  const text = rotaWords();
  const role = model.role();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.add();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <p>{text.why}</p>
      <Choices
        id="role"
        legend={text.role}
        choices={roles.map(({ roleId, name, holders }) => ({
          value: roleId,
          label: name,
          hint: holders.length === 0 ? text.nobodyOn : names(holders.map((holder) => holder.name)),
        }))}
        value={model.roleId.value}
        onChoose={(roleId) => model.choose(roleId)}
        errors={model.errors.value}
      />
      {role !== undefined && role.holders.length === 0 && (
        <Note tone="warning">
          <p>{text.empty(role.name)}</p>
        </Note>
      )}
      {role !== undefined && role.holders.length > 0 && <Chosen model={model} role={role} />}
    </form>
  );
}

function Chosen({ model, role }: { model: AddRotaModel; role: OnCallRole }) {
  const { surroundings } = useApp();
  const text = rotaWords();
  const group = groupWords();
  const hint = ({ role: job, untilTs, can }: OnDuty): string =>
    can === "inside"
      ? text.inside
      : can === "no_phone"
        ? group.noPhone
        : text.till(job, moment(untilTs, surroundings.now()));
  const ends: readonly RotaEnd[] = ["shift", "day", "open"];
  return (
    <>
      <TickList
        legend={text.on(role.name)}
        people={model.people.value.map((one) => ({
          userId: one.userId,
          name: one.name,
          hint: hint(one),
          possible: one.can === "yes",
        }))}
        ticked={new Set(model.ticked().map((one) => one.userId))}
        onTick={(userId, on) => model.tick(userId, on)}
        errors={model.errors.value}
      />
      <Choices
        id="until"
        legend={text.until}
        choices={ends.map((value) => ({ value, label: text.ends[value] }))}
        value={model.end.value}
        onChoose={(value) => (model.end.value = value as RotaEnd)}
      />
      <Field
        id="reason"
        label={group.reason}
        hint={group.reasonHint}
        value={model.reason.value}
        onType={(value) => (model.reason.value = value)}
        maxLength={120}
        autoCapitalize="sentences"
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && group.adding}>
        {group.ticked(model.ticked().length)}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </>
  );
}
