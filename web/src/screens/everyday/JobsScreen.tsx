import { useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import type { FieldProblem } from "../../components/form/Field";
import { FailedState, Note, State } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { Sheet } from "../../components/sheet/Sheet";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Tag } from "../../components/tag/Tag";
import { Waiting } from "../../components/waiting/Waiting";
import { everydayWords } from "../../i18n/everyday";
import { clockTime, dayName } from "../../i18n/format";
import type { Task } from "../../engine/protocol";
import { JobsModel } from "../../model/jobs";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import { AddSheet } from "./AddSheet";

/** What is to be done here, by whom, by when; and the note for those who come next. */
export function JobsScreen({ roomId }: { roomId: string }) {
  const { navigation, session, surroundings } = useApp();
  const model = useModel(
    (app) => new JobsModel(app, roomId),
    (made) => void made.load(),
    roomId,
  );
  const [over, setOver] = useState<"nothing" | "add" | "note">("nothing");
  const text = everydayWords().jobs;
  const room = session.live.rooms.value.find((one) => one.id === roomId);
  const state = model.state.value;
  const toMessage = (eventId: string): void =>
    navigation.instead({ at: "conversation", roomId, eventId });
  return (
    <Screen title={text.title} kind={room?.kind ?? "clinical"}>
      <TopBar
        title={text.title}
        status={session.live.connection.value}
        onBack={() => navigation.back()}
      />
      <OfflineStrip where="room" />
      <Body>
        {room && <p class="jobs__where">{room.purpose}</p>}
        {model.problem.value !== null && over === "nothing" && (
          <Note tone="problem">
            <p>{model.problem.value}</p>
          </Note>
        )}
        {state.is === "loading" && <Waiting label={text.loading} rows={3} shape="card" />}
        {state.is === "failed" && (
          <FailedState title={text.title} text={state.text} onRetry={() => void model.load()} />
        )}
        {state.is === "shown" && (
          <>
            <div class="jobs__do">
              <Button icon="plus" onPress={() => setOver("add")}>
                {text.add}
              </Button>
              {room?.mayPin && (
                <Button icon="pin" look="secondary" onPress={() => setOver("note")}>
                  {text.handOver}
                </Button>
              )}
            </div>
            <List model={model} tasks={state.tasks} onMessage={toMessage} />
            {state.backTo !== null && (
              <p class="jobs__back">{text.backTo(dayName(state.backTo, surroundings.now()))}</p>
            )}
          </>
        )}
      </Body>
      {over === "add" && <AddSheet model={model} onClose={() => setOver("nothing")} />}
      {over === "note" && <NoteSheet model={model} onClose={() => setOver("nothing")} />}
    </Screen>
  );
}

interface ListProps {
  model: JobsModel;
  tasks: readonly Task[];
  onMessage: (eventId: string) => void;
}

function List({ model, tasks, onMessage }: ListProps) {
  const text = everydayWords().jobs;
  const open = tasks.filter((task) => !task.done);
  const done = tasks.filter((task) => task.done);
  return (
    <>
      {open.length === 0 && <State icon="checks" title={text.none} text={text.noneText} />}
      <ul class="jobs">
        {open.map((task) => (
          <Job key={task.taskId} task={task} model={model} onMessage={onMessage} />
        ))}
      </ul>
      {done.length > 0 && (
        <section>
          <h2 class="who__title">{text.doneTitle(done.length)}</h2>
          <ul class="jobs">
            {done.map((task) => (
              <Job key={task.taskId} task={task} model={model} onMessage={onMessage} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Job({ task, model, onMessage }: Omit<ListProps, "tasks"> & { task: Task }) {
  const { surroundings } = useApp();
  const text = everydayWords().jobs;
  const from = task.fromEventId;
  const late = !task.done && task.byTs !== null && task.byTs < surroundings.now();
  const facts = [
    task.bed && text.inBed(task.bed),
    task.who && text.forWhom(task.who),
    task.byTs !== null && text.byTime(clockTime(task.byTs)),
    text.from(task.by),
  ].filter(Boolean);
  return (
    <li>
      <label class={task.done ? "job job--done" : "job"}>
        <input
          type="checkbox"
          class="job__box"
          checked={task.done}
          onChange={(event) => void model.mark(task, event.currentTarget.checked)}
        />
        <span class="job__words">
          <span class="job__what">{task.job}</span>
          <span class="job__facts">{facts.join(" · ")}</span>
          {late && (
            <Tag tone="red" icon="clock">
              {text.late}
            </Tag>
          )}
        </span>
      </label>
      {from && (
        <button
          type="button"
          class="message__do"
          aria-label={text.openMessageFor(task.job)}
          onClick={() => onMessage(from)}
        >
          {text.openMessage}
        </button>
      )}
    </li>
  );
}

function NoteSheet({ model, onClose }: { model: JobsModel; onClose: () => void }) {
  const { navigation } = useApp();
  const text = everydayWords().jobs;
  const [note, setNote] = useState(() => model.draftNote());
  const [errors, setErrors] = useState<readonly FieldProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (note.trim() === "") {
      setErrors([{ field: "note", text: text.noteNeeded }]);
      return;
    }
    setBusy(true);
    const sent = await model.handOver(note.trim());
    setBusy(false);
    if (!sent) {
      setErrors([{ field: "note", text: model.problem.value ?? "" }]);
      return;
    }
    onClose();
    navigation.back();
  };
  return (
    <Sheet title={text.handOverTitle} onClose={onClose}>
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={errors} />
        <p>{text.handOverHint}</p>
        <div class="field">
          <label class="field__label" for="note">
            {text.note}
          </label>
          <textarea
            class="field__input job__note"
            id="note"
            rows={8}
            maxLength={4000}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </div>
        <Button type="submit" wide busy={busy && text.handing}>
          {text.handOverDo}
        </Button>
      </form>
    </Sheet>
  );
}
