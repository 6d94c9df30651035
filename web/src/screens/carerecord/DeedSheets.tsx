import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Area, Choices, Field } from "../../components/form/Field";
import { SheetForm } from "../../components/sheet/SheetForm";
import { Waiting } from "../../components/waiting/Waiting";
import { decidingWords } from "../../i18n/deciding";
import { decisionWords } from "../../i18n/decisions";
import type { Decision, ErrorReason } from "../../engine/protocol";
import type { ReceiptModel } from "../../model/decisionSheet";
import { isEarly } from "../../model/decisionSources";
import type { Entered } from "../../model/decisionWhere";
import { wordsOfSink } from "../../model/sink";

interface DeedProps {
  model: ReceiptModel;
  onClose: () => void;
}

const REASONS: readonly ErrorReason[] = [
  "wrong_patient",
  "wrong_words",
  "not_decided",
  "duplicate",
  "other",
];

export function ErrorSheet({ model, decision, onClose }: DeedProps & { decision: Decision }) {
  const text = decisionWords();
  const goes = wordsOfSink(decision.sink);
  const early = isEarly(decision);
  const [reason, setReason] = useState<ErrorReason | null>(null);
  const [said, setSaid] = useState("");
  return (
    <SheetForm
      title={text.errorTitle}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.markInError(reason, said)}
      onClose={onClose}
    >
      <p>{early ? text.errorEarly : goes.errorWhy}</p>
      <Choices
        id="reason"
        legend={text.reason}
        choices={REASONS.map((value) => ({ value, label: text.reasons[value] }))}
        value={reason}
        onChoose={(value) => setReason(REASONS.find((one) => one === value) ?? null)}
        errors={model.errors.value}
      />
      <Area
        id="words"
        label={text.words}
        value={said}
        onType={setSaid}
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && decidingWords().sending}>
        {early ? text.errorEarlyDo : goes.errorDo}
      </Button>
    </SheetForm>
  );
}

interface EnteredProps extends DeedProps {
  entered: Entered;
}

/** Somebody says that it is in the record, and where: of what they copied, or what was in a folder. */
export function PasteSheet({ model, entered, onClose }: EnteredProps) {
  const text = decisionWords();
  const { decisionId } = entered;
  const copies = entered.status === "to_paste";
  const [copy, setCopy] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const [reference, setReference] = useState("");
  useEffect(() => {
    if (copies) void model.wordsToPaste(decisionId).then(setCopy);
  }, [model, decisionId, copies]);
  const copyNow = async (): Promise<void> => {
    await navigator.clipboard.writeText(copy ?? "");
    setCopied(true);
  };
  return (
    <SheetForm
      title={copies ? text.pasteTitle : text.filedTitle}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.pasted(reference, decisionId)}
      onClose={onClose}
    >
      <p>{copies ? text.pasteWhy : text.filedWhy}</p>
      {copies && copy === null && <Waiting label={decidingWords().loading} rows={1} shape="card" />}
      {copies && copy !== null && <pre class="receipt__paste">{copy}</pre>}
      {copies && (
        <Button wide look="secondary" onPress={() => void copyNow().catch(() => setCopied(false))}>
          {copied ? text.copied : text.copy}
        </Button>
      )}
      <Field
        id="reference"
        label={text.referenceLabel}
        hint={text.referenceHint}
        value={reference}
        onType={setReference}
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && decidingWords().sending}>
        {text.vouch}
      </Button>
    </SheetForm>
  );
}
