import { useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { Note } from "../../components/notice/Notice";
import { PatientCard } from "../../components/patient/PatientCard";
import { Body, Screen, Section } from "../../components/screen/Screen";
import { Waiting } from "../../components/waiting/Waiting";
import { detailsWords } from "../../i18n/details";
import { dateAndTime } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { Decision } from "../../engine/protocol";
import { GroupModel } from "../../model/group";
import { PatientModel } from "../../model/patientBanner";
import type { RoomDetailsModel } from "../../model/roomDetails";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import { flagOf } from "../../model/decisionSources";
import { DecisionTag } from "../carerecord/DecisionTag";
import { useDecisions } from "../carerecord/useDecisions";
import { MemberSection } from "../groups/MemberSection";
import { LinkPatientSheet } from "../patient/LinkPatientSheet";
import "./Details.scss";

export function DetailsScreen({ model }: { model: RoomDetailsModel }) {
  const { navigation, session } = useApp();
  const text = detailsWords();
  const room = model.room.value;
  const hours = words().decision.hours(
    Math.round((session.live.policy.value?.decisionGraceSeconds ?? 86_400) / 3600),
  );
  return (
    <Screen title={text.title} kind={room?.kind ?? "clinical"}>
      <TopBar title={text.title} onBack={() => navigation.back()} />
      <OfflineStrip where="list" />
      <Body plain>
        <About model={model} />
        <PatientSection model={model} />
        {room && <People roomId={room.id} />}
        <Records model={model} />
        <Decisions model={model} />
        <Section title={text.keeping}>
          <p>{text.keepingText(hours)}</p>
          <p class="details__line">
            <Icon name="info" size={18} />
            {words().newRoom.notRecord}
          </p>
        </Section>
      </Body>
    </Screen>
  );
}

function About({ model }: { model: RoomDetailsModel }) {
  const text = detailsWords();
  const room = model.room.value;
  if (room === undefined) return null;
  return (
    <section class="section">
      <h2 class="details__purpose">{room.purpose}</h2>
      <dl class="facts-list">
        <div>
          <dt>{text.kind}</dt>
          <dd class="details__kind">
            <Icon name={room.kind} size={18} />
            {words().kind[room.kind]}
          </dd>
        </div>
        <div>
          <dt>{text.owner}</dt>
          <dd>{model.ownerName()}</dd>
        </div>
      </dl>
    </section>
  );
}

function PatientSection({ model }: { model: RoomDetailsModel }) {
  const { surroundings } = useApp();
  const [linking, setLinking] = useState(false);
  const room = model.room.value;
  const roomId = room?.id ?? "";
  const patient = useModel(
    (app) => new PatientModel(app, roomId),
    (made) => made.follow(),
    roomId,
  );
  if (room?.kind !== "clinical") return null;
  const text = words();
  const about = detailsWords();
  const state = patient.state.value;
  return (
    <Section title={about.patient}>
      {state.is === "loading" && <Waiting label={text.patient.loading} rows={1} shape="card" />}
      {state.is === "failed" && (
        <Note tone="problem">
          <p>
            {text.patient.failed} {state.text}
          </p>
        </Note>
      )}
      {state.is === "none" && <p class="details__none">{text.patient.none}</p>}
      {state.is === "shown" && (
        <PatientCard patient={state.patient} now={surroundings.now()} large />
      )}
      {room.joined && (
        <Button wide look="secondary" onPress={() => setLinking(true)}>
          {room.patientLinked ? about.changePatient : about.linkPatient}
        </Button>
      )}
      {linking && (
        <LinkPatientSheet
          roomId={roomId}
          replaces={room.patientLinked}
          onClose={() => setLinking(false)}
        />
      )}
    </Section>
  );
}

function People({ roomId }: { roomId: string }) {
  const group = useModel(
    (app) => new GroupModel(app, roomId),
    (made) => made.follow(),
    roomId,
  );
  return <MemberSection model={group} />;
}

/** The custodian is no person: apart, uncounted, with what it is in a sentence. */
function Records({ model }: { model: RoomDetailsModel }) {
  const text = detailsWords();
  if (model.members.value.is !== "shown") return null;
  return (
    <Section title={text.records}>
      {model.records.value === undefined ? (
        <Note tone="warning">
          <p>{text.recordsMissing}</p>
        </Note>
      ) : (
        <div class="custodian">
          <span class="custodian__icon">
            <Icon name="lock" size={22} />
          </span>
          <div>
            <h3 class="custodian__name">{text.recordsName}</h3>
            <p>{text.recordsWhy}</p>
          </div>
        </div>
      )}
    </Section>
  );
}

function Decisions({ model }: { model: RoomDetailsModel }) {
  const decisions = useDecisions();
  const { session } = useApp();
  const [open, setOpen] = useState<Decision | null>(null);
  const text = detailsWords();
  const state = model.decisions.value;
  const roomId = model.room.value?.id ?? "";
  const timeline = session.live.timeline.value;
  return (
    <Section title={text.decisions}>
      {state.is === "failed" && <p class="details__none">{state.text}</p>}
      {state.is === "shown" && state.value.length === 0 && (
        <p class="details__none">{text.noDecisions}</p>
      )}
      {state.is === "shown" && (
        <ul>
          {state.value.map((decision) => (
            <li key={decision.decisionId}>
              <button type="button" class="decision-row" onClick={() => setOpen(decision)}>
                <span>{dateAndTime(decision.decidedTs)}</span>
                <DecisionTag status={decision.status} {...flagOf(decision)} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {decisions && open && (
        <decisions.ReceiptSheet
          roomId={roomId}
          decisionId={open.decisionId}
          items={timeline?.roomId === roomId ? timeline.items : []}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}
