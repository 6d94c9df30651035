import type { IconName } from "../../components/icon/Icon";
import { Tag, type TagTone } from "../../components/tag/Tag";
import { words } from "../../i18n/language";
import type { DecisionFlag, DecisionStatus } from "../../engine/protocol";

interface Look {
  tone: TagTone;
  icon: IconName;
}

/** Late, or no longer what the record says. */
const GRAVE: Look = { tone: "red", icon: "alert" };

export const STATUS_LOOK: Record<DecisionStatus, Look> = {
  waiting: { tone: "grey", icon: "clock" },
  to_paste: { tone: "amber", icon: "folder" },
  pasted: { tone: "green", icon: "check" },
  in_record: { tone: "green", icon: "check" },
  saved_to_folder: { tone: "amber", icon: "folder" },
  refused: { tone: "red", icon: "alert" },
  withdrawn: { tone: "grey", icon: "close" },
  other: { tone: "grey", icon: "question" },
  disposed: { tone: "green", icon: "record" },
};

export function DecisionTag({ status, flag }: { status: DecisionStatus; flag?: DecisionFlag }) {
  const text = words().decision;
  const { tone, icon } = flag && flag !== "unconfirmed" ? GRAVE : STATUS_LOOK[status];
  return (
    <Tag tone={tone} icon={icon}>
      {words().item.decision}: {text.short[status]}
      {flag && `, ${text.flag[flag]}`}
    </Tag>
  );
}
