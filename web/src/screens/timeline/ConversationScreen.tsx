import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../components/icon/Icon";
import { IconButton } from "../../components/button/Button";
import { StatusWord } from "../../components/bars/Bars";
import { FailedState, State, Strip } from "../../components/notice/Notice";
import { PatientCard } from "../../components/patient/PatientCard";
import { Screen } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { words } from "../../i18n/language";
import type { DecisionMark, ImageItem, RoomSummary, SaidItem } from "../../engine/protocol";
import { ConversationModel } from "../../model/conversation";
import { undoSecondsLeft } from "../../model/timelineRows";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import type { Beginning } from "../../model/decisionSheet";
import { useDecisions, useKeeping } from "../carerecord/useDecisions";
import { everyday, useEveryday } from "../everyday/useEveryday";
import { useGroups } from "../groups/useGroups";
import { useCamera, useEnclosed, useViewer } from "../media/useMedia";
import type { FileItem } from "../media/EnclosedView";
import { Composer } from "./Composer";
import { useUrgent } from "../urgent/useUrgent";
import { Timeline } from "./Timeline";
import "./Conversation.scss";

/** What lies over the conversation; one at a time. */
export type Over =
  | { readonly is: "nothing" }
  | {
      readonly is: "actions" | "who" | "forward" | "misdirected" | "job";
      readonly item: SaidItem;
    }
  | { readonly is: "more" }
  | { readonly is: "camera" }
  | { readonly is: "enclose"; readonly what: "voice" | "file" | FileItem }
  | { readonly is: "picture"; readonly item: ImageItem }
  | { readonly is: "decide"; readonly item: Beginning }
  /** What of it belongs in the record, before the first of it goes. */
  | { readonly is: "keeping" }
  | { readonly is: "receipt"; readonly mark: Pick<DecisionMark, "decisionId"> }
  | { readonly is: "urgent" }
  | { readonly is: "link"; readonly decide: Beginning | null };

const NOTHING: Over = { is: "nothing" };
const KEEPING: Over = { is: "keeping" };

interface ConversationProps {
  roomId: string;
  /** Where it opens, when the person looked for that message. */
  eventId?: string | undefined;
}

export function ConversationScreen({ roomId, eventId }: ConversationProps) {
  const model = useModel(
    (app) => new ConversationModel(app, roomId),
    (made) => {
      const leave = made.open();
      if (eventId !== undefined)
        made.openAt(eventId, () => (made.note.value = everyday()?.tooFar() ?? null));
      return leave;
    },
    roomId,
  );
  const piece = useEveryday();
  const [over, setOver] = useState<Over>(NOTHING);
  const room = model.room.value;
  const kind = room?.kind ?? "clinical";
  useUndoClock(model);
  return (
    <Screen title={words().kind[kind]} kind={kind}>
      <RoomBar room={room} roomId={roomId} onMore={() => setOver({ is: "more" })} />
      <main class="conversation" id="main">
        <PatientStrip model={model} onLink={() => setOver({ is: "link", decide: null })} />
        {piece && <piece.PinnedLine model={model} />}
        <p class="not-record">
          <Icon name="info" size={16} />
          {words().room.notRecord}
        </p>
        <OfflineStrip where="room" />
        {room && <ReviewStrip room={room} />}
        {room && <Withheld room={room} />}
        {room && <KeepingStrip room={room} onOver={setOver} />}
        <Messages model={model} onOver={setOver} />
        {room?.joined === false ? (
          <Strip tone="plain">{words().room.notJoined}</Strip>
        ) : (
          room?.posting !== "archived" && (
            <Composer
              model={model}
              onCamera={() => setOver({ is: "camera" })}
              onEnclose={(what) => setOver({ is: "enclose", what })}
              onUrgent={kind === "social" ? null : () => setOver({ is: "urgent" })}
            />
          )
        )}
        <p class="hidden" role="log" aria-live="polite">
          {model.announcer.spoken.value}
        </p>
      </main>
      <Above over={over} setOver={setOver} model={model} />
      {piece && <piece.FirstMinute conversation={model} />}
    </Screen>
  );
}

/** Only where who is in it was not reviewed in time. */
function ReviewStrip({ room }: { room: RoomSummary }) {
  const { surroundings } = useApp();
  const late = room.reviewTs !== null && room.reviewTs <= surroundings.now();
  const groups = useGroups(room.joined && (late || (room.posting ?? "open") !== "open"));
  return groups && <groups.PostingStrip room={room} />;
}

function Withheld({ room: { withholding } }: { room: RoomSummary }) {
  const groups = useGroups(withholding !== undefined);
  return withholding && groups && <groups.WithheldStrip withholding={withholding} />;
}

/** Only for its owner, and only until they have answered. */
function KeepingStrip({ room, onOver }: { room: RoomSummary; onOver: (over: Over) => void }) {
  const { goesTs } = room;
  const keeping = useKeeping(goesTs !== undefined);
  if (goesTs === undefined) return null;
  return keeping && <keeping.KeepingStrip goesTs={goesTs} onAnswer={() => onOver(KEEPING)} />;
}

/** The engine's state changes by itself; only the Undo countdown needs a clock. */
function useUndoClock(model: ConversationModel): void {
  useEffect(() => {
    const timer = setInterval(() => {
      const wanted = model.items
        .peek()
        .slice(-5)
        .some((item) => undoSecondsLeft(item, model.now.value) > 0);
      if (wanted) model.tick();
    }, 1000);
    return () => clearInterval(timer);
  }, [model]);
}

interface BarProps {
  room: RoomSummary | undefined;
  roomId: string;
  onMore: () => void;
}

function RoomBar({ room, roomId, onMore }: BarProps) {
  const { navigation, session } = useApp();
  const text = words();
  const status = session.live.connection.value;
  const kind = room?.kind ?? "clinical";
  return (
    <header class="top top--with-back room-bar">
      <a class="skip" href="#message" onClick={toTheBox}>
        {text.room.skip}
      </a>
      <IconButton icon="back" label={text.room.back} onPress={() => navigation.back()} />
      <div class="room-bar__words">
        <h1 class="room-bar__title" tabIndex={-1}>
          {room?.purpose ?? text.kind[kind]}
        </h1>
        <p class="room-bar__facts">
          <Icon name={kind} size={16} />
          <span>{text.kind[kind]}</span>
          {room && <span>· {text.people(room.headCount)}</span>}
          {status !== "Up to date" && <StatusWord status={status} />}
        </p>
      </div>
      <IconButton icon="more" label={text.room.more} onPress={onMore} />
      <button
        type="button"
        class="room-bar__details"
        aria-label={text.room.detailsOf(room?.purpose ?? "")}
        onClick={() => navigation.go({ at: "details", roomId })}
      >
        {text.room.details}
      </button>
    </header>
  );
}

/** In the page and not through its address: that would be an entry in the history, which the back gesture is about. */
function toTheBox(event: Event): void {
  event.preventDefault();
  document.getElementById("message")?.focus();
}

function PatientStrip({ model, onLink }: { model: ConversationModel; onLink: () => void }) {
  const { surroundings } = useApp();
  const text = words().patient;
  const state = model.patient.state.value;
  switch (state.is) {
    case "shown":
      return <PatientCard patient={state.patient} now={surroundings.now()} />;
    case "loading":
      return <p class="patient-line patient-line--loading">{text.loading}…</p>;
    case "failed":
      return (
        <div class="patient-line patient-line--failed" role="alert">
          <span>
            <strong>{text.failed}</strong> {state.text}
          </span>
          <button
            type="button"
            class="patient-line__link"
            onClick={() => void model.patient.load()}
          >
            {words().app.tryAgain}
          </button>
        </div>
      );
    case "none":
      if (model.room.value?.kind !== "clinical" || !model.room.value.joined) return null;
      return (
        <div class="patient-line">
          <span>{text.none}</span>
          <button type="button" class="patient-line__link" onClick={onLink}>
            {text.link}
          </button>
        </div>
      );
  }
}

function Messages({ model, onOver }: { model: ConversationModel; onOver: (over: Over) => void }) {
  const text = words().room;
  const state = model.timeline.value;
  switch (state.is) {
    case "loading":
      return (
        <div class="conversation__middle">
          <Waiting label={text.loading} rows={5} shape="message" />
        </div>
      );
    case "failed":
      return (
        <div class="conversation__middle">
          <FailedState title={text.failed} text={state.text} onRetry={() => void model.load()} />
        </div>
      );
    case "empty":
      return (
        <div class="conversation__middle">
          <State icon="speech" title={text.empty} text={text.emptyHint} />
        </div>
      );
    case "letGo":
      return (
        <div class="conversation__middle">
          <State icon="speech" title={text.letGo} text={text.letGoHint} />
        </div>
      );
    case "rows":
      return <Timeline model={model} rows={state.rows} onOver={onOver} />;
  }
}

interface OneProps<T extends Over["is"]> {
  over: Extract<Over, { is: T }>;
  model: ConversationModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

function Keeping({ model, onOver, onClose }: Omit<OneProps<"keeping">, "over">) {
  const keeping = useKeeping();
  return keeping && <keeping.KeepingSheet conversation={model} onOver={onOver} onClose={onClose} />;
}

function Photos({ over, model, onOver, onClose }: OneProps<"camera" | "picture">) {
  const camera = useCamera();
  const viewer = useViewer();
  const room = model.room.value;
  if (over.is === "camera") return camera && room && <camera.CameraSheet {...{ room, onClose }} />;
  return viewer && <viewer.ViewerSheet item={over.item} {...{ model, onOver, onClose }} />;
}

interface AboveProps {
  over: Over;
  setOver: (over: Over) => void;
  model: ConversationModel;
}

function Above({ over, setOver, model }: AboveProps) {
  const decisions = useDecisions();
  const urgent = useUrgent();
  const enclosed = useEnclosed();
  const piece = everyday();
  const close = (): void => setOver(NOTHING);
  const shared = { onOver: setOver, onClose: close };
  switch (over.is) {
    case "nothing":
      return piece && <piece.WrongPlaceSheet model={model} />;
    case "more":
      return piece && <piece.MoreSheet model={model} onClose={close} />;
    case "forward":
      return piece && <piece.ForwardSheet item={over.item} model={model} onClose={close} />;
    case "job":
      return piece && <piece.JobSheet item={over.item} model={model} onClose={close} />;
    case "misdirected":
      return piece && <piece.MisdirectedSheet item={over.item} model={model} onClose={close} />;
    case "actions":
      return (
        decisions && (
          <decisions.ActionsSheet item={over.item} model={model} onOver={setOver} onClose={close} />
        )
      );
    case "who":
      return (
        decisions && <decisions.WhoSheet item={over.item} roomId={model.roomId} onClose={close} />
      );
    case "camera":
    case "picture":
      return <Photos over={over} model={model} onOver={setOver} onClose={close} />;
    case "enclose":
      return enclosed && <enclosed.EnclosedSheet over={over} model={model} onClose={close} />;
    case "keeping":
      return <Keeping model={model} onOver={setOver} onClose={close} />;
    case "decide":
      return (
        decisions && <decisions.DecisionSheet item={over.item} conversation={model} {...shared} />
      );
    case "receipt":
      return (
        decisions && (
          <decisions.ReceiptSheet
            roomId={model.roomId}
            decisionId={over.mark.decisionId}
            items={model.items.value}
            onReplace={(item) => setOver({ is: "decide", item })}
            onClose={close}
          />
        )
      );
    case "urgent":
      return (
        urgent && (
          <urgent.UrgentSheet
            roomId={model.roomId}
            text={model.composer.text.value}
            onSent={(said, sent) => model.sentUrgent(said, sent)}
            onClose={close}
          />
        )
      );
    case "link":
      return (
        decisions && (
          <decisions.LinkPatientSheet
            roomId={model.roomId}
            replaces={model.room.value?.patientLinked === true}
            onClose={() =>
              setOver(over.decide === null ? NOTHING : { is: "decide", item: over.decide })
            }
          />
        )
      );
  }
}
