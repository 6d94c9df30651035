import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { words } from "../../i18n/language";
import type { ConversationModel } from "../../model/conversation";
import type { ComposerModel } from "../../model/composer";
import { everyday } from "../everyday/useEveryday";
import { useLater } from "../app/useLater";
import { useEnclosed } from "../media/useMedia";
import { moveToClinical } from "../../model/moveToClinical";
import { problemText } from "../../model/problem";
import { useApp } from "../app/useApp";
import "./Composer.scss";

const loadStrip = (): Promise<typeof import("./NudgeStrip")> => import("./NudgeStrip");

const TALLEST = 140;

/** The box to write in. Its button says where the words go and to how many people. */
interface ComposerProps {
  model: ConversationModel;
  onCamera: () => void;
  onEnclose: (what: "voice" | "file") => void;
  /** Null where nothing urgent belongs. */
  onUrgent: (() => void) | null;
}

export function Composer({ model, onCamera, onEnclose, onUrgent }: ComposerProps) {
  const { composer } = model;
  const box = useRef<HTMLTextAreaElement>(null);
  const strip = useLater(loadStrip);
  const enclosed = useEnclosed();
  const nudge = composer.nudge.value;
  const room = model.room.value;
  const text = words().composer;
  useFit(box, composer);
  if (room === undefined) return null;
  const left = composer.charactersLeft();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.send();
    box.current?.focus();
  };
  const nobody = room.reaches === 0;
  const about = everyday();
  return (
    <form class="composer" onSubmit={submit}>
      <ActionNote model={model} />
      {about && <about.AboutBar model={model} />}
      {about && <about.Names model={model} />}
      {strip && nudge && <strip.NudgeStrip model={nudge} box={box} />}
      {composer.error.value !== null && (
        <p class="composer__error" role="alert">
          {composer.error.value}
        </p>
      )}
      {strip && nudge && <strip.ApprovedFor model={nudge} />}
      <label class="composer__to" for="message">
        <span class="composer__word">{text.to}</span>
        <span class="composer__purpose">{room.purpose}</span>
        <span class="composer__count">{nobody ? text.nobody : words().people(room.reaches)}</span>
      </label>
      <textarea
        class="composer__box"
        id="message"
        ref={box}
        rows={1}
        value={composer.text.value}
        placeholder={text.placeholder}
        aria-label={text.label(room.purpose)}
        autocomplete="off"
        onInput={(event) => composer.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      />
      <div class="composer__line">
        <div class="composer__with">
          {room.kind === "clinical" && (
            <IconButton icon="camera" label={text.camera} onPress={onCamera} />
          )}
          {enclosed && <enclosed.EncloseButtons room={room} onEnclose={onEnclose} />}
        </div>
        {onUrgent && <UrgentButton onPress={onUrgent} />}
        <button
          type="submit"
          class="composer__send"
          disabled={nobody}
          aria-disabled={!composer.canSend()}
          aria-label={text.sendLabel(room.reaches, room.purpose)}
        >
          <Icon name="send" size={20} />
          <span>{text.send(room.reaches)}</span>
        </button>
      </div>
      {(room.kind === "social" || room.kind === "operational") && <NoPhotos model={model} />}
      {left !== null && (
        <p class={left < 0 ? "composer__left composer__left--over" : "composer__left"}>
          {text.nearLimit(left)}
        </p>
      )}
    </form>
  );
}

function UrgentButton({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" class="composer__urgent" onClick={onPress}>
      <Icon name="bell" size={20} />
      {words().nav.urgent}
    </button>
  );
}

/** A picture of a patient belongs elsewhere, and elsewhere is one tap away. */
function NoPhotos({ model }: { model: ConversationModel }) {
  const app = useApp();
  const open = async (): Promise<void> => {
    const problem = await moveToClinical(app, model.roomId);
    if (problem) model.note.value = problemText(problem);
  };
  return (
    <button type="button" class="composer__move" onClick={() => void open()}>
      {words().composer.moveForPhoto}
    </button>
  );
}

/** Grows with the text up to five lines; puts the caret where a replacement ended. */
function useFit(box: { current: HTMLTextAreaElement | null }, composer: ComposerModel): void {
  const typed = composer.text.value;
  const caret = composer.caret.value;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight + 4, TALLEST)}px`;
  }, [typed]);
  // With the words and not after them: what somebody has selected by then stays selected.
  useLayoutEffect(() => {
    if (caret === null) return;
    box.current?.focus();
    box.current?.setSelectionRange(caret, caret);
    composer.caret.value = null;
  }, [caret]);
}

const NOTE_STAYS = 6_000;

function ActionNote({ model }: { model: ConversationModel }) {
  const note = model.note.value;
  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => (model.note.value = null), NOTE_STAYS);
    return () => clearTimeout(timer);
  }, [note]);
  return note === null ? null : <p class="composer__note">{note}</p>;
}
