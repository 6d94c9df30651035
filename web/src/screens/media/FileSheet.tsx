import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { errorOf, Field, FieldError } from "../../components/form/Field";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import type { RoomSummary } from "../../engine/protocol";
import { enclosedWords } from "../../i18n/enclosed";
import { SendFileModel, sizeWords } from "../../model/enclosedFile";
import { useModel } from "../app/useApp";
import "./Enclosed.scss";

interface FileProps {
  room: RoomSummary;
  onClose: () => void;
}

/** The one way to a file, where the policy opens it: to a PDF, and to nothing else. */
export function FileSheet({ room, onClose }: FileProps) {
  const model = useModel((app) => new SendFileModel(app, room.id));
  const words = enclosedWords();
  const text = words.file;
  const chosen = model.chosen.value;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await model.send()) onClose();
  };
  return (
    <Sheet title={text.title} onClose={onClose}>
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        <ErrorSummary errors={model.errors.value} />
        <Note icon="info">
          <p>
            <strong>{text.about(sizeWords(model.most))}</strong> {text.belongs}
          </p>
        </Note>
        <Choose model={model} />
        <p class="hidden" role="status">
          {model.spoken.value}
        </p>
        {chosen && (
          <Field
            id="file-name"
            label={text.name}
            hint={sizeWords(chosen.length)}
            value={model.name.value}
            onType={(value) => (model.name.value = value)}
            maxLength={80}
            errors={model.errors.value}
          />
        )}
        <Button
          type="submit"
          wide
          icon="send"
          label={words.sendLabel(room.reaches, room.purpose)}
          disabled={room.reaches === 0}
          busy={model.busy.value && words.sending}
        >
          {words.send(room.reaches)}
        </Button>
      </form>
    </Sheet>
  );
}

function Choose({ model }: { model: SendFileModel }) {
  const error = errorOf("file", model.errors.value);
  const chosen = (event: { currentTarget: HTMLInputElement }): void => {
    const [file] = event.currentTarget.files ?? [];
    if (file) void model.choose(file);
  };
  return (
    <div class={error === undefined ? "field" : "field field--error"}>
      <label class="field__label" for="file">
        {enclosedWords().file.choose}
      </label>
      <FieldError id="file" text={error} />
      <input
        class="choose-file"
        type="file"
        id="file"
        accept="application/pdf,.pdf"
        aria-describedby={error === undefined ? undefined : "file-error"}
        onChange={chosen}
      />
    </div>
  );
}
