import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { inductionWords } from "../../i18n/induction";

interface InductionProps {
  busy: boolean;
  error?: string | null;
  onAccept: () => void;
  onClose: () => void;
  /** Where it came by itself: a way out as large as the way through. */
  onNotNow?: () => void;
}

/** The points, once; then what was asked for goes on (G07). */
export function InductionSheet({ busy, error, onAccept, onClose, onNotNow }: InductionProps) {
  const text = inductionWords();
  return (
    <Sheet
      title={text.title}
      size="full"
      onClose={onClose}
      footer={
        <div class="form">
          <Button wide busy={busy && text.accepting} onPress={onAccept}>
            {text.accept}
          </Button>
          {onNotNow && (
            <Button wide look="secondary" onPress={onNotNow}>
              {text.notNow}
            </Button>
          )}
        </div>
      }
    >
      <div class="form" tabIndex={0} role="group" aria-label={text.title}>
        {error && <ErrorSummary errors={[{ field: "", text: error }]} />}
        <p>{text.minute}</p>
        <ul class="form">
          {text.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <SlowLine waiting={busy} />
      </div>
    </Sheet>
  );
}
