import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Area, Choices, Field } from "../../components/form/Field";
import { SheetForm } from "../../components/sheet/SheetForm";
import { Waiting } from "../../components/waiting/Waiting";
import { decidingWords } from "../../i18n/deciding";
import { decisionWords } from "../../i18n/decisions";
import type { ErrorReason } from "../../engine/protocol";
import type { ReceiptModel } from "../../model/decisionSheet";

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

export function ErrorSheet({ model, onClose }: DeedProps) {
  const text = decisionWords();
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
      <p>{text.errorWhy}</p>
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
        {text.errorDo}
      </Button>
    </SheetForm>
  );
}

export function PasteSheet({ model, onClose }: DeedProps) {
  const text = decisionWords();
  const [copy, setCopy] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const [reference, setReference] = useState("");
  useEffect(() => void model.wordsToPaste().then(setCopy), [model]);
  const copyNow = async (): Promise<void> => {
    await navigator.clipboard.writeText(copy ?? "");
    setCopied(true);
  };
  return (
    <SheetForm
      title={text.pasteTitle}
      size="full"
      errors={model.errors.value}
      onSubmit={() => model.pasted(reference)}
      onClose={onClose}
    >
      <p>{text.pasteWhy}</p>
      {copy === null ? (
        <Waiting label={decidingWords().loading} rows={1} shape="card" />
      ) : (
        <pre class="receipt__paste">{copy}</pre>
      )}
      <Button wide look="secondary" onPress={() => void copyNow().catch(() => setCopied(false))}>
        {copied ? text.copied : text.copy}
      </Button>
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
