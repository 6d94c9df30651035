import type { ConversationModel } from "../../model/conversation";
import type { Over } from "../timeline/ConversationScreen";
import { DocumentSheet } from "./DocumentSheet";
import { FileSheet } from "./FileSheet";
import { VoiceSheet } from "./VoiceSheet";

interface EnclosedProps {
  over: Extract<Over, { is: "enclose" }>;
  model: ConversationModel;
  onClose: () => void;
}

export function EnclosedSheet({ over, model, onClose }: EnclosedProps) {
  const room = model.room.value;
  if (room === undefined) return null;
  const { what } = over;
  if (what === "voice") return <VoiceSheet room={room} onClose={onClose} />;
  if (what === "file") return <FileSheet room={room} onClose={onClose} />;
  return <DocumentSheet item={what} roomId={room.id} onClose={onClose} />;
}
