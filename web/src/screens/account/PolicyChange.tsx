import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Strip } from "../../components/notice/Notice";
import { SheetForm } from "../../components/sheet/SheetForm";
import { SlowLine } from "../../components/waiting/Waiting";
import { policyWords } from "../../i18n/policy";
import { factWords, PolicyChangeModel } from "../../model/policyChange";
import { useApp, useModel } from "../app/useApp";

/** What the organisation asks for now: of the phone, or of its person. */
export function PolicyStrips() {
  const { navigation, session } = useApp();
  const [reading, setReading] = useState(false);
  const text = policyWords();
  const lacks = session.live.phoneLacks.value;
  if (lacks !== null) {
    return (
      <Strip tone="problem">
        <p>{text.lacks(factWords(lacks))}</p>
        <span class="strip-action">
          <Button small look="secondary" onPress={() => navigation.tab("me")}>
            {text.check}
          </Button>
        </span>
      </Strip>
    );
  }
  if (session.policyChange.value === null) return null;
  return (
    <>
      <Strip tone="warning">
        <p>{text.changed}</p>
        <span class="strip-action">
          <Button small look="secondary" onPress={() => setReading(true)}>
            {text.read}
          </Button>
        </span>
      </Strip>
      {reading && <PolicySheet onClose={() => setReading(false)} />}
    </>
  );
}

function PolicySheet({ onClose }: { onClose: () => void }) {
  const { session } = useApp();
  const model = useModel((app) => new PolicyChangeModel(app));
  const text = policyWords();
  const change = session.policyChange.value;
  if (change === null) return null;
  const changes = model.changes();
  return (
    <SheetForm
      title={text.title}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.accept()}
      onClose={onClose}
    >
      <p>{text.open}</p>
      {change.before === null && <p>{text.unknown}</p>}
      {changes.length === 0 && <p>{text.nothing}</p>}
      <dl class="app-facts">
        {changes.map(({ rule, now, before }) => (
          <div key={rule}>
            <dt>{rule}</dt>
            <dd>
              <strong>{now}</strong>
            </dd>
            {before !== null && <dd>{text.before(before)}</dd>}
          </div>
        ))}
      </dl>
      <p class="me__text">{text.version(change.now.version)}</p>
      <Button type="submit" wide busy={model.busy.value && text.accepting}>
        {text.accept}
      </Button>
      <Button wide look="secondary" onPress={onClose}>
        {text.later}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </SheetForm>
  );
}
