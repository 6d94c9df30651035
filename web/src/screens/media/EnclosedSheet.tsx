import type { ConversationModel } from "../../model/conversation";
import type { Over } from "../timeline/ConversationScreen";
import { VoiceSheet } from "./VoiceSheet";

interface EnclosedProps {
  over: Extract<Over, { is: "enclose" }>;
  model: ConversationModel;
  onClose: () => void;
}

export function EnclosedSheet({ over, model, onClose }: EnclosedProps) {
  const room = model.room.value;
  if (room === undefined) return null;
  return over.what === "voice" ? <VoiceSheet room={room} onClose={onClose} /> : null;
}
