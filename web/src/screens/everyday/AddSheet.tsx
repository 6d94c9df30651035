import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Field, type FieldProblem } from "../../components/form/Field";
import { SheetForm } from "../../components/sheet/SheetForm";
import { everydayWords } from "../../i18n/everyday";
import type { SaidItem } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { JobsModel, nextTime } from "../../model/jobs";
import { useApp, useModel } from "../app/useApp";

/** A job made of a message, in the list of its conversation. */
export function JobSheet({
  item,
  model: conversation,
  onClose,
}: {
  item: SaidItem;
  model: ConversationModel;
  onClose: () => void;
}) {
  const model = useModel((app) => new JobsModel(app, conversation.roomId));
  const added = (): void => {
    conversation.note.value = everydayWords().jobs.added;
    conversation.announcer.say(everydayWords().jobs.added);
  };
  return <AddSheet model={model} about={item} onAdded={added} onClose={onClose} />;
}

interface AddProps {
  model: JobsModel;
  /** The message that it comes from: led to, never copied. */
  about?: SaidItem;
  onAdded?: () => void;
  onClose: () => void;
}

export function AddSheet({ model, about, onAdded, onClose }: AddProps) {
  const { surroundings } = useApp();
  const text = everydayWords().jobs;
  const [bed, setBed] = useState("");
  const [job, setJob] = useState("");
  const [who, setWho] = useState("");
  const [by, setBy] = useState("");
  const [errors, setErrors] = useState<readonly FieldProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const from = about?.eventId ? { fromEventId: about.eventId } : {};
  const submit = async (): Promise<boolean> => {
    const byTs = nextTime(by, surroundings.now());
    const wrong: FieldProblem[] = [];
    if (job.trim() === "") wrong.push({ field: "job", text: text.whatNeeded });
    if (byTs === undefined) wrong.push({ field: "by", text: text.byShape });
    setErrors(wrong);
    if (wrong.length > 0) return false;
    const task = { bed: bed.trim(), job: job.trim(), who: who.trim(), byTs: byTs ?? null, ...from };
    setBusy(true);
    const added = await model.add(task);
    setBusy(false);
    if (added) onAdded?.();
    if (added) return true;
    setErrors([{ field: "job", text: model.problem.value ?? "" }]);
    return false;
  };
  return (
    <SheetForm title={text.add} errors={errors} onSubmit={submit} onClose={onClose}>
      {about && (
        <section>
          <p class="quote__who">{text.about}</p>
          <blockquote class="quote">
            <p class="quote__text">{about.text}</p>
          </blockquote>
        </section>
      )}
      <Field
        id="job"
        label={text.what}
        value={job}
        onType={setJob}
        errors={errors}
        maxLength={200}
        autoCapitalize="sentences"
      />
      <Field
        id="bed"
        label={text.bed}
        hint={text.bedHint}
        value={bed}
        onType={setBed}
        maxLength={30}
      />
      <Field
        id="who"
        label={text.who}
        hint={text.whoHint}
        value={who}
        onType={setWho}
        maxLength={80}
      />
      <Field
        id="by"
        label={text.by}
        hint={text.byHint}
        value={by}
        onType={setBy}
        errors={errors}
        width="code"
        maxLength={5}
      />
      <Button type="submit" wide busy={busy && text.adding}>
        {text.add}
      </Button>
    </SheetForm>
  );
}
