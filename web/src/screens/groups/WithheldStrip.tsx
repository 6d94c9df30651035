import { Strip } from "../../components/notice/Notice";
import type { RoomSummary } from "../../engine/protocol";
import { names } from "../../i18n/format";
import { groupWords } from "../../i18n/groups";

/** Over a conversation in which somebody's app keeps keys from the records custodian: who, and what to do. */
export function WithheldStrip({ withholding }: Required<Pick<RoomSummary, "withholding">>) {
  const text = groupWords();
  const others = withholding.filter(({ own }) => !own).map(({ name }) => name);
  return (
    <Strip tone="warning" icon="record">
      {withholding.length > others.length && <p>{text.withheldOwn}</p>}
      {others.length > 0 && <p>{text.withheld(names(others))}</p>}
    </Strip>
  );
}
