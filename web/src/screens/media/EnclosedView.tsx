import { Icon } from "../../components/icon/Icon";
import type { MediaItem } from "../../engine/protocol";
import { enclosedWords } from "../../i18n/enclosed";
import { Listening } from "../../model/listening";
import { sizeWords } from "../../model/enclosedFile";
import { minutes } from "../../model/voiceNote";
import { useModel } from "../app/useApp";
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
    <PdfView item={item} onOver={onOver} />
  );
}

function PdfView({ item, onOver }: Pick<ViewProps, "item" | "onOver">) {
  const text = enclosedWords().file;
  const size = item.bytes > 0 ? `, ${sizeWords(item.bytes)}` : "";
  return (
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
    </>
  );
}
