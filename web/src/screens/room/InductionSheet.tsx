import { Button } from "../../components/button/Button";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { inductionWords } from "../../i18n/induction";
import type { NewConversationModel } from "../../model/newConversation";

/** The points, once; then what was asked for goes on (G07). */
export function InductionSheet({ model }: { model: NewConversationModel }) {
  const text = inductionWords();
  const busy = model.busy.value;
  return (
    <Sheet
      title={text.title}
      size="full"
      onClose={() => (model.induction.value = false)}
      footer={
        <Button wide busy={busy && text.accepting} onPress={() => void model.inducted()}>
          {text.accept}
        </Button>
      }
    >
      <div class="form">
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
