import { Button } from "../../components/button/Button";
import { Strip } from "../../components/notice/Notice";
import { shortDate } from "../../i18n/format";
import { keepingWords } from "../../i18n/keeping";
import { useApp } from "../app/useApp";

/** Over a conversation whose owner has to answer. */
export function KeepingStrip({ goesTs, onAnswer }: { goesTs: number; onAnswer: () => void }) {
  const { surroundings } = useApp();
  const text = keepingWords();
  const late = goesTs <= surroundings.now();
  return (
    <Strip tone="warning" icon="record">
      <span class="strip-action">
        {late ? text.stripLate : text.strip(shortDate(goesTs))}
        <Button small look="secondary" onPress={onAnswer}>
          {text.answer}
        </Button>
      </span>
    </Strip>
  );
}
