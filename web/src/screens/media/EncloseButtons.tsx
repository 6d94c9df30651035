import type { RoomSummary } from "../../engine/protocol";
import { enclosedWords } from "../../i18n/enclosed";
import { enclosable } from "../../model/voiceNote";
import { useApp } from "../app/useApp";
import { Drawn } from "./Drawn";
import "./Enclosed.scss";

interface EncloseProps {
  room: RoomSummary;
  onEnclose: (what: "voice" | "file") => void;
}

/** Only what the policy lets go with a message here. */
export function EncloseButtons({ room, onEnclose }: EncloseProps) {
  const may = enclosable(useApp(), room);
  const text = enclosedWords();
  return (
    <>
      {may.files && (
        <OpenIt label={text.file.openIt} what="clip" onPress={() => onEnclose("file")} />
      )}
      {may.voice && (
        <OpenIt label={text.voice.openIt} what="microphone" onPress={() => onEnclose("voice")} />
      )}
    </>
  );
}

interface OpenProps {
  label: string;
  what: "clip" | "microphone";
  onPress: () => void;
}

function OpenIt({ label, what, onPress }: OpenProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} onClick={onPress}>
      <Drawn name={what} />
    </button>
  );
}
