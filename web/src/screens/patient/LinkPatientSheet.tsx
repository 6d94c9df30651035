import { useEffect } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Field } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { PatientCard } from "../../components/patient/PatientCard";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { linkingWords } from "../../i18n/linking";
import { LinkPatientModel } from "../../model/linkPatient";
import { useApp, useModel } from "../app/useApp";

/** The NHS number is typed here once, so that it is never typed into a message. */
export function LinkPatientSheet({
  roomId,
  replaces,
  onClose,
}: {
  roomId: string;
  replaces: boolean;
  onClose: () => void;
}) {
  const model = useModel((app) => new LinkPatientModel(app, roomId));
  const text = linkingWords();
  const linked = model.linked.value;
  useEffect(() => {
    if (linked) onClose();
  }, [linked]);
  const match = model.match.value;
  return (
    <Sheet title={match === null ? text.title : text.confirmTitle} onClose={onClose}>
      {match === null ? <Find model={model} /> : <Confirm model={model} replaces={replaces} />}
    </Sheet>
  );
}

function Find({ model }: { model: LinkPatientModel }) {
  const text = linkingWords();
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.find();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <p>{text.why}</p>
      <Field
        id="nhs"
        label={text.number}
        hint={text.hint}
        value={model.number.value}
        onType={(value) => (model.number.value = value)}
        inputMode="numeric"
        width="number"
        errors={model.errors.value}
      />
      <Button type="submit" wide busy={model.busy.value && text.finding}>
        {text.find}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </form>
  );
}

function Confirm({ model, replaces }: { model: LinkPatientModel; replaces: boolean }) {
  const { surroundings } = useApp();
  const text = linkingWords();
  const match = model.match.value;
  if (match === null) return null;
  return (
    <div class="form">
      <ErrorSummary errors={model.errors.value} />
      <p>{text.confirmWhy}</p>
      <PatientCard patient={match} now={surroundings.now()} large />
      {replaces && (
        <Note tone="warning">
          <p>{text.replaces}</p>
        </Note>
      )}
      <Button wide busy={model.busy.value && text.linking} onPress={() => void model.link()}>
        {text.yes}
      </Button>
      <Button wide look="secondary" onPress={() => model.another()}>
        {text.no}
      </Button>
    </div>
  );
}
