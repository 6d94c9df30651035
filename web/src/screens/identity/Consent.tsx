import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { Heading } from "../../components/screen/Screen";
import { SlowLine } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import { otherWords } from "../../i18n/otherPages";
import { problemText, type FieldError } from "../../model/problem";
import type { AskingApp, HandOff } from "../../model/session";
import { useApp } from "../app/useApp";

/** What the organisation's register says of the app, and the person's answer. */
export function Consent({ app }: { app: AskingApp }) {
  const { session } = useApp();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const text = otherWords();
  const answer = async (yes: boolean): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const problem = await session.entrance.letIn(yes);
    setBusy(false);
    setErrors(problem === null ? [] : [{ field: "", text: problemText(problem) }]);
  };
  return (
    <div class="form">
      <ErrorSummary errors={errors} />
      <Heading hint={text.letInHint(app.clientHost)}>{text.letInTitle(app.software)}</Heading>
      <AppFacts app={app} />
      <Note tone="warning" icon="key">
        <p>{app.clinical ? text.withClinical : text.noClinical}</p>
      </Note>
      <Button wide busy={busy && text.lettingIn} onPress={() => void answer(true)}>
        {text.letIn}
      </Button>
      <Button wide look="secondary" onPress={() => void answer(false)}>
        {text.doNot}
      </Button>
      <SlowLine waiting={busy} />
    </div>
  );
}

function AppFacts({ app }: { app: AskingApp }) {
  const text = otherWords();
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [text.purpose, [app.purpose]],
    [text.approvedFor, [app.approvedFor]],
    [text.notApprovedFor, [app.notApprovedFor]],
    [text.cannot, app.unmetTips],
  ];
  return (
    <dl class="app-facts">
      {facts
        .filter(([, said]) => said.length > 0)
        .map(([name, said]) => (
          <div key={name}>
            <dt>{name}</dt>
            {said.map((one) => (
              <dd key={one}>{one}</dd>
            ))}
          </div>
        ))}
    </dl>
  );
}

/** At `/link`: the letters that another device shows. */
export function LinkCode({
  problem,
}: {
  problem: Extract<HandOff, { is: "code_wanted" }>["problem"];
}) {
  const { session } = useApp();
  const text = otherWords();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>(
    problem === null ? [] : [{ field: "link-code", text: problemText(problem) }],
  );
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (code.replace(/[^A-Za-z]/g, "").length !== 8) {
      setErrors([{ field: "link-code", text: text.enterLinkCode }]);
      return;
    }
    setBusy(true);
    const refused = await session.entrance.typeLinkCode(code);
    setBusy(false);
    if (refused !== null) setErrors([{ field: "link-code", text: problemText(refused) }]);
  };
  return (
    <form class="form" noValidate onSubmit={(event) => void submit(event)}>
      <ErrorSummary errors={errors} />
      <Heading hint={text.linkHint}>{text.linkTitle}</Heading>
      <Field
        id="link-code"
        label={text.linkCode}
        hint={text.linkCodeHint}
        value={code}
        onType={setCode}
        autoCapitalize="characters"
        errors={errors}
      />
      <Button type="submit" wide busy={busy && words().signIn.checking}>
        {words().signIn.next}
      </Button>
      <SlowLine waiting={busy} />
    </form>
  );
}
