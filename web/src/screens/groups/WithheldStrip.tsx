import { Strip } from "../../components/notice/Notice";
import type { RoomSummary } from "../../engine/protocol";
import { names } from "../../i18n/format";
import { groupWords } from "../../i18n/groups";
import "./Groups.scss";

/** Over a conversation in which somebody's app keeps keys from the records custodian: who, and what to do on asking. */
export function WithheldStrip({ withholding }: Required<Pick<RoomSummary, "withholding">>) {
  const text = groupWords();
  const others = withholding.filter(({ own }) => !own).map(({ name }) => name);
  return (
    <Strip tone="warning" icon="record">
      {withholding.length > others.length && (
        <Asked line={text.withheldOwn} means={text.withheldOwnMeans} />
      )}
      {others.length > 0 && (
        <Asked line={text.withheld(names(others))} means={text.withheldMeans} />
      )}
    </Strip>
  );
}

function Asked({ line, means }: { line: string; means: string }) {
  return (
    <details class="withheld">
      <summary>
        {line} <span class="withheld__what">{groupWords().withheldWhat}</span>
      </summary>
      <p>{means}</p>
    </details>
  );
}
