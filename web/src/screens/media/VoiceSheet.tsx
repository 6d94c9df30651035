import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { Note, State } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import type { RoomSummary } from "../../engine/protocol";
import { enclosedWords } from "../../i18n/enclosed";
import { Listening } from "../../model/listening";
import { minutes, VoiceNoteModel } from "../../model/voiceNote";
import type { Recording } from "../../model/voicePort";
import { useApp, useModel } from "../app/useApp";
import { Drawn } from "./Drawn";
import { Player } from "./Player";
import "./Enclosed.scss";

interface VoiceProps {
  room: RoomSummary;
  onClose: () => void;
}

/** Recorded, listened to, and only then sent. */
export function VoiceSheet({ room, onClose }: VoiceProps) {
  const model = useModel(
    (app) => new VoiceNoteModel(app, room.id),
    (made) => () => made.close(),
  );
  const [leaving, setLeaving] = useState(false);
  const text = enclosedWords().voice;
  const taken = model.taken.value;
  const trouble = model.trouble.value;
  const close = (): void => (taken !== null && !leaving ? setLeaving(true) : onClose());
  return (
    <Sheet title={taken ? text.check : text.title} onClose={close}>
      {leaving && <Leaving onLeave={onClose} onStay={() => setLeaving(false)} />}
      {trouble !== null ? (
        <Trouble trouble={trouble} model={model} />
      ) : taken === null ? (
        <Recorder model={model} />
      ) : (
        <Check model={model} taken={taken} room={room} onSent={onClose} />
      )}
    </Sheet>
  );
}

function Trouble({ trouble, model }: { trouble: keyof Troubles; model: VoiceNoteModel }) {
  const text = enclosedWords().voice;
  const [title = "", why = ""] = text.troubles[trouble];
  const action = { label: text.tryAgain, onPress: () => void model.press() };
  return <State alert icon="mute" title={title} text={why} action={action} />;
}
type Troubles = ReturnType<typeof enclosedWords>["voice"]["troubles"];

function Leaving({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const text = enclosedWords().voice;
  return (
    <div role="alert">
      <Note tone="warning">
        <p>
          <strong>{text.throwAway}</strong> {text.throwAwayText}
        </p>
        <p class="voice-row">
          <Button small look="danger" onPress={onLeave}>
            {text.yesThrow}
          </Button>
          <Button small look="secondary" onPress={onStay}>
            {text.noKeep}
          </Button>
        </p>
      </Note>
    </div>
  );
}

function Recorder({ model }: { model: VoiceNoteModel }) {
  const text = enclosedWords().voice;
  const recording = model.step.value === "recording";
  const most = minutes(model.mostMs);
  return (
    <div class="recorder">
      <Hints />
      {model.error.value !== null && (
        <p class="recorder__error" role="alert">
          <Icon name="alert" size={20} /> {model.error.value}
        </p>
      )}
      <p class="recorder__time">
        {recording ? text.of(minutes(model.ms.value), most) : text.most(most)}
      </p>
      <Meter level={recording ? model.level.value : 0} />
      <p class="recorder__told" role="status">
        {recording && (model.nearEnd.value ? text.nearEnd : text.recording)}
        {recording && model.silent.value && <strong> {text.silent}</strong>}
        {model.busy.value === "opening" && `${text.opening}…`}
      </p>
      <RecordButton model={model} />
      <p class="recorder__how">{text.how}</p>
    </div>
  );
}

function Hints() {
  const text = enclosedWords().voice;
  return (
    <Note icon="info">
      <p>
        <strong>{text.quiet}</strong> {text.urgent}
      </p>
      <p>{text.notWritten}</p>
    </Note>
  );
}

/** How loud it is; said in words when nothing is heard. */
function Meter({ level }: { level: number }) {
  return (
    <svg class="recorder__meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <path class="recorder__ground" d="M0 4H100" />
      <path class="recorder__level" d={`M0 4H${Math.round(level * 100)}`} />
    </svg>
  );
}

/** After a touch the browser reports a click too, which is the same press. */
const SAME_PRESS_MS = 700;

/** Taps, holding, keys and screen readers: one button, which stays itself while it records. */
function RecordButton({ model }: { model: VoiceNoteModel }) {
  const { surroundings } = useApp();
  const pressed = useRef(0);
  const touched = useRef(-SAME_PRESS_MS);
  const text = enclosedWords().voice;
  const recording = model.step.value === "recording";
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    pressed.current = touched.current = surroundings.now();
    void model.press();
  };
  const up = (): void => {
    touched.current = surroundings.now();
    void model.letGo(touched.current - pressed.current);
  };
  const click = (): void => {
    if (surroundings.now() - touched.current >= SAME_PRESS_MS) void model.press();
  };
  return (
    <button
      type="button"
      class={recording ? "record record--on" : "record"}
      onPointerDown={down}
      onPointerUp={up}
      onClick={click}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Drawn name={recording ? "stop" : "microphone"} size={32} />
      {recording ? text.stop : text.record}
    </button>
  );
}

interface CheckProps {
  model: VoiceNoteModel;
  taken: Recording;
  room: RoomSummary;
  onSent: () => void;
}

function Check({ model, taken, room, onSent }: CheckProps) {
  const text = enclosedWords();
  const box = useRef<HTMLDivElement>(null);
  const listening = useModel(
    (app) => new Listening(app, taken, taken.ms),
    (made) => () => made.close(),
  );
  // What had the focus is gone: listening comes first.
  useLayoutEffect(() => box.current?.querySelector("button")?.focus(), []);
  const send = async (): Promise<void> => {
    if (await model.send()) onSent();
  };
  return (
    <div class="recorder" ref={box}>
      <p role="status">{text.voice.stopped(minutes(taken.ms))}</p>
      <Player model={listening} what={text.voice.said(minutes(taken.ms))} levels={taken.levels} />
      {model.error.value !== null && (
        <p class="recorder__error" role="alert">
          <Icon name="alert" size={20} /> {model.error.value}
        </p>
      )}
      <div class="voice-row recorder__ends">
        <Button look="secondary" onPress={() => void model.again()}>
          {text.voice.again}
        </Button>
        <Button
          icon="send"
          label={text.sendLabel(room.reaches, room.purpose)}
          disabled={room.reaches === 0}
          busy={model.busy.value === "sending" && text.sending}
          onPress={() => void send()}
        >
          {text.send(room.reaches)}
        </Button>
      </div>
    </div>
  );
}
