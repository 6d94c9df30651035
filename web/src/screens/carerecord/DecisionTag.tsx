import type { IconName } from "../../components/icon/Icon";
import { Tag, type TagTone } from "../../components/tag/Tag";
import { words } from "../../i18n/language";
import type { DecisionStatus } from "../../engine/protocol";

export const STATUS_LOOK: Record<DecisionStatus, { tone: TagTone; icon: IconName }> = {
  waiting: { tone: "grey", icon: "clock" },
  in_record: { tone: "green", icon: "check" },
  saved_to_folder: { tone: "amber", icon: "folder" },
  refused: { tone: "red", icon: "alert" },
  disposed: { tone: "green", icon: "record" },
};

export function DecisionTag({ status }: { status: DecisionStatus }) {
  const { tone, icon } = STATUS_LOOK[status];
  return (
    <Tag tone={tone} icon={icon}>
      {words().item.decision}: {words().decision.short[status]}
    </Tag>
  );
}
