import { useEffect } from "preact/hooks";
import { inductionWords } from "../../i18n/induction";
import type { ConversationModel } from "../../model/conversation";
import { InductionModel } from "../../model/induction";
import { useModel } from "../app/useApp";
import { InductionSheet } from "../room/InductionSheet";

/** Over a clinical conversation that somebody was added to before they had read it (G07). */
export function FirstMinute({ conversation }: { conversation: ConversationModel }) {
  const model = useModel(
    (app) => new InductionModel(app, conversation.roomId),
    (made) => made.follow(isTaken),
  );
  const open = model.open.value;
  // The dialog has to be gone first.
  useEffect(() => (open ? () => void setTimeout(toBox) : undefined), [open]);
  if (!open) return null;
  const accept = async (): Promise<void> => {
    if ((await model.accept()) === "later") {
      const said = inductionWords().keptLater;
      conversation.note.value = said;
      conversation.announcer.say(said);
    }
  };
  const putOff = (): void => model.putOff();
  return (
    <InductionSheet
      busy={model.busy.value}
      error={model.error.value}
      onAccept={() => void accept()}
      onClose={putOff}
      onNotNow={putOff}
    />
  );
}

const box = (): HTMLElement | null => document.querySelector("#message");
const toBox = (): void => box()?.focus();

/** The person writes, or something else has the screen. */
function isTaken(): boolean {
  const focused = document.activeElement;
  return document.querySelector("dialog:modal") !== null || (focused !== null && focused === box());
}
