import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Choices, errorOf, Field, FieldError } from "../../components/form/Field";
import { Icon } from "../../components/icon/Icon";
import { Note, State } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import type { Consent, RoomSummary } from "../../engine/protocol";
import { mediaWords } from "../../i18n/media";
import { CameraModel } from "../../model/camera";
import { useModel } from "../app/useApp";
import { EditPicture } from "./EditPicture";
import "./Media.scss";

interface CameraProps {
  room: RoomSummary;
  onClose: () => void;
}

/** Consent, the camera, the picture. There is no way to a file or to the phone's own camera app. */
export function CameraSheet({ room, onClose }: CameraProps) {
  const model = useModel(
    (app) => new CameraModel(app, room.id),
    (made) => () => made.close(),
  );
  const [leaving, setLeaving] = useState(false);
  const text = mediaWords().camera;
  const step = model.step.value;
  const close = (): void => (step === "edit" && !leaving ? setLeaving(true) : onClose());
  return (
    <Sheet title={step === "edit" ? text.editTitle : text.title} size="full" onClose={close}>
      {leaving && <Leaving onLeave={onClose} onStay={() => setLeaving(false)} />}
      {step === "consent" && <AskConsent model={model} onClose={onClose} />}
      {step === "live" && <LiveView model={model} />}
      {step === "edit" && <EditPicture model={model} room={room} onSent={onClose} />}
    </Sheet>
  );
}

function Leaving({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const text = mediaWords().camera;
  return (
    <div role="alert">
      <Note tone="warning">
        <p>
          <strong>{text.throwAway}</strong> {text.throwAwayText}
        </p>
        <p class="media-row">
          <Button small look="danger" onPress={onLeave}>
            {text.yesThrow}
          </Button>
          <Button small look="secondary" onPress={onStay}>
            {text.noKeep}
          </Button>
        </p>
      </Note>
    </div>
  );
}

const CONSENTS = ["agreed", "best_interests", "ask_later", "refused"] as const;

function AskConsent({ model, onClose }: { model: CameraModel; onClose: () => void }) {
  const text = mediaWords().camera;
  const refused = model.consent.value === "refused";
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.begin();
  };
  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary errors={model.errors.value} />
      <Choices
        id="consent"
        legend={text.consent}
        hint={text.consentHint}
        choices={CONSENTS.map((value) => ({ value, label: text.consents[value] }))}
        value={model.consent.value}
        onChoose={(value) => (model.consent.value = value as Consent | "refused")}
        errors={model.errors.value}
      />
      {model.consent.value === "best_interests" && (
        <Field
          id="decided-by"
          label={text.decidedBy}
          hint={text.decidedByHint}
          value={model.decidedBy.value}
          onType={(value) => (model.decidedBy.value = value)}
          maxLength={80}
          errors={model.errors.value}
        />
      )}
      {refused ? (
        <>
          <Note icon="info">
            <p role="status">
              <strong>{text.refusedTitle}.</strong> {text.refusedText}
            </p>
          </Note>
          <Button wide onPress={onClose}>
            {text.close}
          </Button>
        </>
      ) : (
        <>
          <WhatItShows model={model} />
          <Note icon="clinical">
            <p>{text.purpose}</p>
          </Note>
          <Button type="submit" wide>
            {text.goOn}
          </Button>
        </>
      )}
    </form>
  );
}

function WhatItShows({ model }: { model: CameraModel }) {
  const text = mediaWords().camera;
  const error = errorOf("sure", model.errors.value);
  return (
    <fieldset class={error === undefined ? "field" : "field field--error"}>
      <legend class="field__label">{text.shows}</legend>
      <Tick id="intimate" label={text.intimate} model={model.intimate} />
      <Tick id="child" label={text.child} model={model.child} />
      {model.asksMore.value && (
        <div role="status">
          <Note tone="warning">
            <p>
              <strong>{text.more}.</strong> {text.moreText}
            </p>
          </Note>
          <FieldError id="sure" text={error} />
          <Tick id="sure" label={text.sure} model={model.sure} />
        </div>
      )}
    </fieldset>
  );
}

function Tick({ id, label, model }: { id: string; label: string; model: { value: boolean } }) {
  return (
    <label class="media-tick">
      <input
        type="checkbox"
        id={id}
        checked={model.value}
        onChange={(event) => (model.value = event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}

function LiveView({ model }: { model: CameraModel }) {
  const view = useRef<HTMLVideoElement>(null);
  const text = mediaWords().camera;
  const stream = model.live.value?.stream ?? null;
  const trouble = model.trouble.value;
  useEffect(() => {
    if (view.current) view.current.srcObject = stream;
  }, [stream]);
  if (trouble !== null) {
    const [title = "", why = ""] = text.troubles[trouble];
    const action = { label: mediaWords().view.retry, onPress: () => void model.open() };
    return <State alert icon="camera" title={title} text={why} action={action} />;
  }
  return (
    <div class="live">
      <p class="live__stays">
        <Icon name="lock" size={18} />
        {text.stays}
      </p>
      {stream === null ? (
        <Waiting label={text.opening} rows={1} shape="card" />
      ) : (
        <video
          class="live__view"
          ref={view}
          autoPlay
          muted
          playsInline
          aria-label={text.liveLabel}
        />
      )}
      <div class="media-row live__buttons">
        <Button look="secondary" onPress={() => void model.otherSide()}>
          {text.otherSide}
        </Button>
        <Button
          icon="camera"
          disabled={stream === null}
          busy={model.busy.value === "shooting" && text.shooting}
          onPress={() => view.current && void model.shoot(view.current)}
        >
          {text.shoot}
        </Button>
      </div>
    </div>
  );
}
