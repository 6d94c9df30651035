import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Area, Choices, Field } from "../../components/form/Field";
import { Icon } from "../../components/icon/Icon";
import { Note, State } from "../../components/notice/Notice";
import { PatientCard } from "../../components/patient/PatientCard";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { decidingWords } from "../../i18n/deciding";
import { decisionWords } from "../../i18n/decisions";
import { dateAndTime, names, plainDate } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { PatientBanner } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { DecisionSheetModel, type Beginning } from "../../model/decisionSheet";
import { canBeSource, mayGoTo } from "../../model/decisionSources";
import { sinkOf, wordsOfSink } from "../../model/sink";
import { StepUpSheet } from "../account/StepUpSheet";
import { useApp, useModel } from "../app/useApp";
import type { Over } from "../timeline/ConversationScreen";
import { ReceiptSheet } from "./ReceiptSheet";
import { Source } from "./Source";
import "./Decision.scss";

interface DecisionProps {
  item: Beginning;
  conversation: ConversationModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

/** Filled in beforehand: a person who agrees with it taps once more and it is on its way. */
export function DecisionSheet({ item, conversation, onOver, onClose }: DecisionProps) {
  const model = useModel(
    (app) => new DecisionSheetModel(app, conversation.roomId, item, conversation.items.value),
    (made) => made.start(),
  );
  const close = (): void => {
    model.discard();
    onClose();
  };
  const app = useApp();
  const text = decidingWords();
  const patient = conversation.patient.state.value;
  if (model.sent.value !== null) {
    return (
      <ReceiptSheet
        roomId={conversation.roomId}
        decisionId={model.sent.value}
        items={conversation.items.value}
        justSent
        onClose={onClose}
      />
    );
  }
  if (patient.is !== "shown")
    return (
      <NoPatient
        conversation={conversation}
        onLink={() => onOver({ is: "link", decide: item })}
        onClose={close}
      />
    );
  const send = (
    <>
      {sinkOf(app) !== "fhir" && <p class="decision__where">{wordsOfSink(sinkOf(app)).where}</p>}
      <Button
        wide
        icon="record"
        busy={model.busy.value && text.sending}
        onPress={() => void model.send(patient.patient)}
      >
        {wordsOfSink(sinkOf(app)).send}
      </Button>
      <SlowLine waiting={model.busy.value} />
    </>
  );
  return (
    <>
      <Sheet
        title={
          model.replaces === null ? wordsOfSink(sinkOf(app)).title : decisionWords().replaceTitle
        }
        size="full"
        onClose={close}
        footer={send}
      >
        <Form model={model} conversation={conversation} patient={patient.patient} />
      </Sheet>
      {model.stepUp.asking.value && <StepUpSheet model={model.stepUp} />}
    </>
  );
}

function NoPatient({
  conversation,
  onLink,
  onClose,
}: {
  conversation: ConversationModel;
  onLink: () => void;
  onClose: () => void;
}) {
  const app = useApp();
  const text = decidingWords();
  const state = conversation.patient.state.value;
  const failed = state.is === "failed";
  return (
    <Sheet title={wordsOfSink(sinkOf(app)).title} onClose={onClose}>
      {failed ? (
        <State
          alert
          icon="alert"
          title={words().patient.failed}
          text={state.text}
          action={{ label: words().app.tryAgain, onPress: () => void conversation.patient.load() }}
        />
      ) : (
        <State
          icon="person"
          title={text.noPatient}
          text={text.noPatientHint}
          action={{ label: words().patient.link, onPress: onLink }}
        />
      )}
    </Sheet>
  );
}

interface FormProps {
  model: DecisionSheetModel;
  conversation: ConversationModel;
  patient: PatientBanner;
}

function Form({ model, conversation, patient }: FormProps) {
  const { surroundings } = useApp();
  const text = decidingWords();
  return (
    <div class="form decision">
      <ErrorSummary errors={model.errors.value} />
      <PatientCard patient={patient} now={surroundings.now()} large />
      <Sources model={model} conversation={conversation} />
      <Area
        id="summary"
        label={text.summary}
        hint={text.summaryHint}
        value={model.summary.value}
        onType={(value) => (model.summary.value = value)}
        errors={model.errors.value}
      />
      <WhoDecided model={model} />
      <Adviser model={model} />
      <Field
        id="when"
        type="datetime-local"
        label={text.when}
        value={model.when.value}
        onType={(value) => (model.when.value = value)}
        errors={model.errors.value}
      />
      <Preview model={model} patient={patient} />
    </div>
  );
}

function Sources({ model, conversation }: Omit<FormProps, "patient">) {
  const sink = sinkOf(useApp());
  const text = decidingWords();
  const more = decisionWords();
  const [choosing, setChoosing] = useState(false);
  const chosen = model.sources.value;
  const pictures = model.pictures().length;
  const offered = choosing
    ? conversation.items.value.filter(canBeSource).filter((one) => mayGoTo(sink, one))
    : chosen;
  return (
    <section aria-label={text.chooseMore}>
      <h3 class="field__label">
        {choosing ? text.chooseMore : more.from(chosen.length - pictures, pictures)}
      </h3>
      <ul class="sources">
        {offered.map((source) => (
          <li key={source.key}>
            {choosing ? (
              <label class="source source--choice">
                <input
                  type="checkbox"
                  class="source__box"
                  checked={chosen.some((one) => one.key === source.key)}
                  onChange={() => model.toggleSource(source)}
                />
                <Source item={source} roomId={conversation.roomId} />
              </label>
            ) : (
              <div class="source source--short">
                <Source item={source} roomId={conversation.roomId} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <Button small look="quiet" onPress={() => setChoosing(!choosing)}>
        {choosing ? words().app.done : more.more}
      </Button>
      {pictures > 0 && (
        <Note icon="camera">
          <p>{wordsOfSink(sink).pictureGoes(pictures)}</p>
        </Note>
      )}
    </section>
  );
}

function WhoDecided({ model }: { model: DecisionSheetModel }) {
  const { session } = useApp();
  const text = decidingWords();
  const me = session.live.me.value?.userId;
  const chosen = model.deciderId.value;
  const [all, setAll] = useState(() => model.likely.value.every((one) => one.userId !== chosen));
  const author = model.sources.value[0]?.sender.userId;
  const likely = model.likely.value.map((person) => ({
    value: person.userId,
    label: person.name,
    hint: [
      person.role,
      person.userId === author ? text.author : null,
      person.userId === me ? text.me : null,
    ]
      .filter(Boolean)
      .join(", "),
  }));
  const others = model.others.value.map((person) => ({
    value: person.userId,
    label: person.name,
    hint: person.role,
  }));
  return (
    <div>
      <Choices
        id="decider"
        legend={text.decider}
        choices={all ? [...likely, ...others] : likely}
        value={chosen}
        onChoose={(value) => (model.deciderId.value = value)}
        errors={model.errors.value}
      />
      {!all && others.length > 0 && (
        <Button small look="quiet" onPress={() => setAll(true)}>
          {text.someoneElse}
        </Button>
      )}
    </div>
  );
}

function Adviser({ model }: { model: DecisionSheetModel }) {
  const text = decisionWords();
  const [asking, setAsking] = useState(model.adviser.value !== null);
  const found = model.advisers.value;
  if (!asking)
    return (
      <Button small look="quiet" onPress={() => setAsking(true)}>
        {text.adviser}
      </Button>
    );
  return (
    <div>
      <Field
        id="adviser"
        label={text.adviserName}
        hint={text.adviserHint}
        value={model.adviserTerm.value}
        onType={(value) => (model.adviserTerm.value = value)}
        errors={model.errors.value}
      />
      <Button small look="secondary" onPress={() => void model.findAdviser()}>
        {text.adviserFind}
      </Button>
      {found?.length === 0 && <p role="status">{text.adviserNobody}</p>}
      {found !== null && found.length > 0 && (
        <Choices
          id="advisers"
          legend={text.advisedBy}
          choices={[
            ...found.map((one) => ({ value: one.userId, label: one.name, hint: one.role })),
            { value: "", label: text.adviserNone },
          ]}
          value={model.adviser.value?.userId ?? ""}
          onChoose={(value) => model.chooseAdviser(value)}
        />
      )}
    </div>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Word for word what leaves the conversation, and what happens to the messages. */
function Preview({ model, patient }: { model: DecisionSheetModel; patient: PatientBanner }) {
  const app = useApp();
  const { session } = app;
  const text = decidingWords();
  const goes = wordsOfSink(sinkOf(app));
  const decider = model.decider();
  const decided = model.decidedTs();
  const me = session.live.me.value;
  const grace = session.live.policy.value?.decisionGraceSeconds;
  const count = model.sources.value.length;
  return (
    <section class="preview" aria-label={goes.preview}>
      <h3 class="preview__title">
        <Icon name="record" size={18} />
        {goes.preview}
      </h3>
      <dl class="preview__lines">
        <Line
          name={text.previewPatient}
          value={`${patient.name}, ${words().patient.born.toLowerCase()} ${plainDate(patient.birthDate)}`}
        />
        <Line name={text.previewDecision} value={model.summary.value.trim() || "–"} />
        <Line
          name={text.previewDecider}
          value={decider === undefined ? "–" : names([decider.name])}
        />
        {model.adviser.value && (
          <Line name={decisionWords().advisedBy} value={model.adviser.value.name} />
        )}
        <Line name={text.previewWhen} value={Number.isNaN(decided) ? "–" : dateAndTime(decided)} />
        {me && <Line name={text.previewAuthor} value={`${me.displayName}, ${me.role}`} />}
        <Line name={text.previewSources} value={text.previewSourcesValue(count)} />
      </dl>
      {decider !== undefined && decider.userId !== me?.userId && (
        <Note icon="question">
          <p>{decisionWords().unconfirmedHint}</p>
        </Note>
      )}
      {grace !== undefined && (
        <Note icon="bin">
          <p>{goes.stays(count, text.hours(Math.round(grace / 3600)))}</p>
        </Note>
      )}
    </section>
  );
}
