import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Area, Choices, errorOf } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { SheetForm } from "../../components/sheet/SheetForm";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import { urgentWords } from "../../i18n/urgent";
import { words } from "../../i18n/language";
import { UrgentComposerModel, WITHIN_MINUTES, type Whom } from "../../model/urgentComposer";
import { useApp, useModel } from "../app/useApp";
import { emptyWarning, onDuty } from "./onDuty";
import { Ticks } from "./Ticks";

const WHOM: readonly Whom[] = ["people", "role", "everybody"];

interface UrgentSheetProps {
  /** Null: the conversation is chosen first. */
  roomId: string | null;
  /** What was being written in the conversation. */
  text: string;
  /** With what is to be said of it, and the text that went. */
  onSent: (said: string, sent: string) => void;
  onClose: () => void;
}

export function UrgentSheet({ roomId, text: written, onSent, onClose }: UrgentSheetProps) {
  const model = useModel((app) => new UrgentComposerModel(app, roomId, written));
  useEffect(() => void model.load(), [model]);
  const text = urgentWords();
  const submit = async (): Promise<boolean> => {
    const typed = model.text.value;
    const said = model.isBroadcast() ? text.asked : text.gone;
    const sent = await model.send();
    if (sent) onSent(said, typed);
    return sent;
  };
  return (
    <SheetForm
      title={text.newTitle}
      size="full"
      errors={model.errors.value}
      onSubmit={submit}
      onClose={onClose}
    >
      <Note tone="warning">
        <p>{text.notArrest}</p>
        {model.isOffline() && <p class="urgent-new__offline">{text.offlineNow}</p>}
      </Note>
      {roomId === null && <WhichRoom model={model} />}
      {model.roomId.value !== null && <Who model={model} />}
      <What model={model} />
      <NotSent model={model} />
      <Button type="submit" wide look="danger" icon="bell" busy={model.busy.value && text.sending}>
        {sendLabel(model)}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </SheetForm>
  );
}

/** It names whose phones will ring. */
function sendLabel(model: UrgentComposerModel): string {
  const text = urgentWords();
  const role = model.role();
  if (model.choice.value === "everybody") return text.askEverybody;
  if (role) return text.sendTo(role.name);
  const chosen = model.chosenNames();
  const [only] = chosen;
  if (only === undefined) return text.send;
  if (model.isBroadcast()) return text.askToAcknowledge(chosen.length === 1 ? only : chosen.length);
  return chosen.length === 1 ? text.sendTo(only) : text.sendToMany(chosen.length);
}

function WhichRoom({ model }: { model: UrgentComposerModel }) {
  const text = urgentWords();
  const rooms = model.rooms();
  if (rooms.length === 0) return <Note tone="problem">{text.noRooms}</Note>;
  return (
    <Choices
      id="urgent-room"
      legend={text.whichRoom}
      hint={text.roomHint}
      choices={rooms.map((room) => ({
        value: room.id,
        label: room.purpose,
        hint: `${words().kind[room.kind]}, ${words().people(room.headCount)}`,
      }))}
      value={model.roomId.value}
      onChoose={(id) => model.about(id)}
      errors={model.errors.value}
    />
  );
}

function Who({ model }: { model: UrgentComposerModel }) {
  const text = urgentWords();
  return (
    <>
      {model.room.value && (
        <p class="urgent-new__room">
          {text.about(model.room.value.purpose)} · {words().kind[model.room.value.kind]}
        </p>
      )}
      <Choices
        id="urgent-to"
        legend={text.who}
        choices={[
          { value: "people", label: text.someone },
          { value: "role", label: text.role },
          { value: "everybody", label: text.everybody, hint: text.everybodyHint },
        ]}
        value={model.choice.value}
        onChoose={(value) => model.to(WHOM.find((one) => one === value) ?? "people")}
        errors={model.errors.value}
      />
      {model.choice.value === "people" && <WhichPeople model={model} />}
      {model.choice.value === "role" && <WhichRole model={model} />}
    </>
  );
}

function WhichPeople({ model }: { model: UrgentComposerModel }) {
  const text = urgentWords();
  const members = model.members.value;
  switch (members.is) {
    case "loading":
      return <Waiting label={text.peopleLoading} rows={2} />;
    case "failed":
      return <Failed text={members.text} onRetry={() => void model.loadMembers()} />;
    case "here":
      return (
        <Ticks
          id="urgent-people"
          legend={text.whichPeople}
          choices={members.all.map((one) => ({
            value: one.userId,
            label: one.name,
            hint: [one.role, one.ward].filter(Boolean).join(", "),
          }))}
          values={model.userIds.value}
          onToggle={(userId) => model.toggle(userId)}
          error={errorOf("urgent-people", model.errors.value)}
        />
      );
  }
}

function WhichRole({ model }: { model: UrgentComposerModel }) {
  const { surroundings } = useApp();
  const text = urgentWords();
  const roles = model.roles.value;
  if (roles.is === "loading") return <Waiting label={text.rolesLoading} rows={2} />;
  if (roles.is === "failed") return <Failed text={roles.text} onRetry={() => void model.load()} />;
  if (roles.all.length === 0) return <Note tone="warning">{text.noRoles}</Note>;
  const chosen = model.role();
  const warning = chosen && emptyWarning(chosen);
  return (
    <>
      <Choices
        id="urgent-role"
        legend={text.whichRole}
        choices={roles.all.map((role) => ({
          value: role.roleId,
          label: role.name,
          hint: onDuty(role, surroundings.now()),
        }))}
        value={model.roleId.value}
        onChoose={(id) => model.chooseRole(id)}
        errors={model.errors.value}
      />
      <div role="status">{warning && <Note tone="warning">{warning}</Note>}</div>
    </>
  );
}

function Failed({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div role="alert">
      <Note tone="problem">
        <p>{text}</p>
        <Button small look="secondary" onPress={onRetry}>
          {words().app.tryAgain}
        </Button>
      </Note>
    </div>
  );
}

function What({ model }: { model: UrgentComposerModel }) {
  const text = urgentWords();
  return (
    <>
      <div>
        <Area
          id="urgent-text"
          label={text.what}
          hint={text.whatHint}
          rows={2}
          value={model.text.value}
          onType={(typed) => model.type(typed)}
          errors={model.errors.value}
        />
        <p class="urgent-new__left">
          {model.charactersLeft() < 0
            ? text.tooLong(-model.charactersLeft())
            : text.charactersLeft(model.charactersLeft())}
        </p>
        <div role="status">
          {model.looksLike.value !== null && (
            <Note tone="warning">{text.identifier(model.looksLike.value)}</Note>
          )}
        </div>
      </div>
      {!model.isBroadcast() && (
        <Choices
          id="urgent-within"
          legend={text.within}
          choices={WITHIN_MINUTES.map((n) => ({ value: String(n), label: text.minutes(n) }))}
          value={String(model.minutes.value)}
          onChoose={(value) => model.within(Number(value))}
        />
      )}
      {model.choice.value === "people" && (
        <Ticks
          id="urgent-how"
          legend={text.how}
          choices={[{ value: "only", label: text.onlyAck }]}
          values={model.broadcast.value ? ["only"] : []}
          onToggle={() => model.setBroadcast(!model.broadcast.value)}
        />
      )}
    </>
  );
}

function NotSent({ model }: { model: UrgentComposerModel }) {
  const text = urgentWords();
  const why = model.notSent.value;
  if (why === null) return null;
  const [title, then] = {
    not_gone: [text.notGone, text.notGoneDo],
    uncertain: [text.uncertain, model.isTheSame() ? text.uncertainDo : text.uncertainOther],
    refused: [text.refused, why.is === "refused" ? why.text : ""],
  }[why.is];
  return (
    <div role="alert">
      <Note tone="problem">
        <p>
          <strong>{title}</strong>
        </p>
        <p>{then}</p>
      </Note>
    </div>
  );
}
