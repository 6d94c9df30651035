import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { Sheet } from "../../components/sheet/Sheet";
import { everydayWords } from "../../i18n/everyday";
import { moment } from "../../i18n/format";
import type { ConversationModel } from "../../model/conversation";
import { useApp } from "../app/useApp";

/** One line on top of the conversation; a tap opens the whole note. */
export function PinnedLine({ model }: { model: ConversationModel }) {
  const { surroundings } = useApp();
  const [open, setOpen] = useState(false);
  const note = model.pinned.value;
  if (note === null) return null;
  const text = everydayWords();
  const shown = note.waits ? text.pinnedWaits(note.who) : note.text;
  const said = text.pinnedBy(note.who, moment(note.ts, surroundings.now()));
  return (
    <>
      <button
        type="button"
        class="pinned"
        aria-haspopup="dialog"
        aria-label={`${text.pinnedOpen}: ${shown}`}
        onClick={() => setOpen(true)}
      >
        <Icon name="pin" size={18} />
        <span class="pinned__text">{shown}</span>
      </button>
      {open && (
        <Sheet title={text.pinnedTitle} onClose={() => setOpen(false)}>
          <p class="pinned__said">{said}</p>
          <p class="pinned__whole">{shown}</p>
          {model.room.value?.mayPin && (
            <Button
              wide
              look="secondary"
              onPress={() => {
                setOpen(false);
                void model.pin(null);
              }}
            >
              {text.unpin}
            </Button>
          )}
        </Sheet>
      )}
    </>
  );
}
