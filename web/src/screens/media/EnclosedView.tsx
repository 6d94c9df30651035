import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import type { MediaItem } from "../../engine/protocol";
import { enclosedWords } from "../../i18n/enclosed";
import { Listening } from "../../model/listening";
import { attempt, problemText } from "../../model/problem";
import { minutes } from "../../model/voiceNote";
import { useApp, useModel } from "../app/useApp";
import { Player } from "./Player";
import "./Enclosed.scss";

export type FileItem = Extract<MediaItem, { kind: "file" }>;

interface EnclosedProps {
  item: FileItem;
  roomId: string;
}

export function EnclosedView({ item, roomId }: EnclosedProps) {
  return item.voice ? <VoiceView item={item} roomId={roomId} voice={item.voice} /> : null;
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
