import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import type { MediaItem } from "../../engine/protocol";
import { enclosedWords } from "../../i18n/enclosed";
import { Listening } from "../../model/listening";
import { sizeWords } from "../../model/enclosedFile";
import { attempt, problemText } from "../../model/problem";
import { minutes } from "../../model/voiceNote";
import { useApp, useModel } from "../app/useApp";
import type { Over } from "../timeline/ConversationScreen";
import { Player } from "./Player";
import "./Enclosed.scss";

export type FileItem = Extract<MediaItem, { kind: "file" }>;

interface EnclosedProps {
  item: FileItem;
  roomId: string;
}

interface ViewProps extends EnclosedProps {
  onOver: (over: Over) => void;
}

export function EnclosedView({ item, roomId, onOver }: ViewProps) {
  return item.voice ? (
    <VoiceView item={item} roomId={roomId} voice={item.voice} />
  ) : (
    <PdfView item={item} roomId={roomId} onOver={onOver} />
  );
}

function PdfView({ item, roomId, onOver }: ViewProps) {
  const text = enclosedWords().file;
  const size = item.bytes > 0 ? `, ${sizeWords(item.bytes)}` : "";
  return (
    <>
      <button
        type="button"
        class="file-card"
        aria-haspopup="dialog"
        onClick={() => onOver({ is: "enclose", what: item })}
      >
        <Icon name="record" size={28} />
        <span>
          <strong class="file-card__name">
            <span class="hidden">{text.open("")}</span>
            {item.text}
          </strong>
          <span class="file-card__size">
            {text.pdf}
            {size}
          </span>
        </span>
      </button>
      {item.sender.own && <Remove item={item} roomId={roomId} />}
    </>
  );
}

interface VoiceProps extends EnclosedProps {
  voice: NonNullable<FileItem["voice"]>;
}

function VoiceView({ item, roomId, voice }: VoiceProps) {
  const { key, sender } = item;
  const model = useModel(
    (app) => new Listening(app, { roomId, key }, voice.ms),
    (made) => () => made.close(),
    key,
  );
  const text = enclosedWords().voice;
  const time = minutes(voice.ms);
  return (
    <>
      <Player
        model={model}
        what={sender.own ? text.yours(time) : text.by(sender.name, time)}
        levels={voice.levels}
      />
      <p class="player__words">{text.noWords}</p>
      {sender.own && <Remove item={item} roomId={roomId} />}
    </>
  );
}

/** Asked for twice: a voice note is not undone like a typing mistake. */
export function Remove({ item, roomId }: EnclosedProps) {
  const { session } = useApp();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const text = enclosedWords();
  const { eventId } = item;
  if (eventId === null) return null;
  const remove = async (): Promise<void> => {
    setBusy(true);
    const outcome = await attempt(session, "undo", { roomId, eventId });
    setBusy(false);
    if (!outcome.ok) setFailed(problemText(outcome.problem));
  };
  if (!asked) {
    return (
      <button type="button" class="message__do" onClick={() => setAsked(true)}>
        {text.remove}
      </button>
    );
  }
  return (
    <div class="voice-row" role="group" aria-label={text.removeSure}>
      <p role="status">{failed || text.removeSure}</p>
      <Button small look="danger" busy={busy && text.removing} onPress={() => void remove()}>
        {text.removeYes}
      </Button>
      <Button small look="secondary" onPress={() => setAsked(false)}>
        {text.removeNo}
      </Button>
    </div>
  );
}
