import { Icon, type IconName } from "../../components/icon/Icon";
import { Sheet } from "../../components/sheet/Sheet";
import { everydayWords } from "../../i18n/everyday";
import type { ConversationModel } from "../../model/conversation";
import { useApp } from "../app/useApp";

/** What belongs to the whole conversation and is wanted often. */
export function MoreSheet({ model, onClose }: { model: ConversationModel; onClose: () => void }) {
  const { navigation } = useApp();
  const text = everydayWords();
  const room = model.room.value;
  const muted = room?.muted === true;
  const rows: { icon: IconName; label: string; hint?: string; onPress: () => void }[] = [
    {
      icon: "checks",
      label: text.jobs.title,
      onPress: () => navigation.go({ at: "jobs", roomId: model.roomId }),
    },
    {
      icon: "mute",
      label: muted ? text.unmute : text.mute,
      ...(muted ? {} : { hint: text.muteHint }),
      onPress: () => void model.mute(!muted),
    },
    { icon: "search", label: text.search.title, onPress: () => navigation.go({ at: "search" }) },
  ];
  return (
    <Sheet title={text.moreTitle} onClose={onClose}>
      <ul class="actions">
        {rows
          .filter((row) => room?.kind !== "social" || row.icon !== "checks")
          .map(({ icon, label, hint, onPress }) => (
            <li key={label}>
              <button
                type="button"
                class="action"
                onClick={() => {
                  onClose();
                  onPress();
                }}
              >
                <Icon name={icon} size={24} />
                <span>
                  <span class="action__label">{label}</span>
                  {hint && <span class="action__hint">{hint}</span>}
                </span>
              </button>
            </li>
          ))}
      </ul>
    </Sheet>
  );
}
