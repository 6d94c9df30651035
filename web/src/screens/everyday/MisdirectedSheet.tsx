import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { Sheet } from "../../components/sheet/Sheet";
import { clockTime } from "../../i18n/format";
import { misdirectedWords } from "../../i18n/misdirected";
import type { SaidItem, Misdirected, MisdirectedReader } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { LONGEST_WHY, MisdirectedModel } from "../../model/misdirected";
import { useModel } from "../app/useApp";

/** What happens is said before it happens, and afterwards who had read it. */
export function MisdirectedSheet({
  item,
  model: conversation,
  onClose,
}: {
  item: SaidItem;
  model: ConversationModel;
  onClose: () => void;
}) {
  const model = useModel((app) => new MisdirectedModel(app, conversation.roomId, item));
  const text = misdirectedWords();
  const done = model.done.value;
  if (done !== null) {
    return (
      <Sheet key="done" title={text.done} onClose={onClose}>
        <div class="form">
          <Told done={done} />
          <Button wide onPress={onClose}>
            {text.close}
          </Button>
        </div>
      </Sheet>
    );
  }
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.report();
  };
  return (
    <Sheet key="asked" title={text.title} onClose={onClose}>
      <form class="form" noValidate onSubmit={submit}>
        <ErrorSummary errors={model.errors.value} />
        <p>{text.what}</p>
        <Field
          id="why"
          label={text.why}
          hint={text.whyHint}
          value={model.why.value}
          onType={(value) => (model.why.value = value)}
          maxLength={LONGEST_WHY}
          autoCapitalize="sentences"
          errors={model.errors.value}
        />
        <Button type="submit" look="danger" wide busy={model.busy.value && text.sending}>
          {text.send}
        </Button>
      </form>
    </Sheet>
  );
}

/** What lies on somebody's phone is taken as read: they need not have shown that they did (ADR 43). */
function Told({ done }: { done: Misdirected }) {
  const text = misdirectedWords();
  const have = done.notReadBy.filter((one) => one.delivered);
  const haveNot = done.notReadBy.filter((one) => !one.delivered);
  return (
    <>
      {done.readBy.length === 0 && <p role="status">{text.nobodyRead}</p>}
      <Readers title={text.readBy(done.readBy.length)} people={done.readBy} />
      <Readers title={text.onPhone(have.length)} people={have} />
      <Readers title={text.notReadBy(haveNot.length)} people={haveNot} />
      <p>{text.reported}</p>
    </>
  );
}

function Readers({ title, people }: { title: string; people: readonly MisdirectedReader[] }) {
  const text = misdirectedWords();
  if (people.length === 0) return null;
  return (
    <section class="who">
      <h3 class="who__title">{title}</h3>
      <ul>
        {people.map(({ userId, name, ts, delivered }) => (
          <li class="who__one" key={userId}>
            <span>
              {name}
              {ts === null && delivered && <small class="who__still">{text.fetched}</small>}
            </span>
            {ts !== null && <time>{clockTime(ts)}</time>}
          </li>
        ))}
      </ul>
    </section>
  );
}
