import { useMemo } from "preact/hooks";
import { BottomBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Strip } from "../../components/notice/Notice";
import { Waiting } from "../../components/waiting/Waiting";
import type { Person } from "../../engine/protocol";
import { words } from "../../i18n/language";
import type { Place, Tab } from "../../model/navigation";
import { useMe } from "../account/useMe";
import { useNotifications } from "../account/useNotifications";
import { useUrgent } from "../urgent/useUrgent";
import { useFinding } from "../directory/useFinding";
import { useEveryday } from "../everyday/useEveryday";
import { useGroups } from "../groups/useGroups";
import { useWaits } from "../groups/useWaits";
import { ListScreen } from "../room/ListScreen";
import { useDetails } from "../room/useDetails";
import { ConversationScreen } from "../timeline/ConversationScreen";
import { useApp, useModel } from "./useApp";
import { useLater } from "./useLater";

const TABS: readonly string[] = ["clinical", "urgent", "directory", "social", "me"] satisfies Tab[];
const isTab = (at: Place["at"]): at is Tab => TABS.includes(at);

/** The unlocked app: one place at a time, and the bar below on the main ones. */
export function OpenApp() {
  const { navigation, session } = useApp();
  const notifications = useNotifications();
  const me = useMe();
  const urgent = useUrgent();
  const waits = useWaits();
  const place = navigation.place.value;
  const failure = session.live.failure.value;
  return (
    <div class="open">
      {failure !== null && (
        <Strip tone="problem">
          <span class="strip-action">
            {words().app.engineStopped}
            <Button small look="secondary" onPress={() => session.restartEngine()}>
              {words().app.restart}
            </Button>
          </span>
        </Strip>
      )}
      {session.updateReady.value && isTab(place.at) && place.at !== "directory" && (
        <Strip tone="plain">
          <span class="strip-action">
            {words().app.updateReady}
            <Button small look="secondary" onPress={() => session.restartToUpdate()}>
              {words().app.restartToUpdate}
            </Button>
          </span>
        </Strip>
      )}
      {urgent && <urgent.AlarmView />}
      {notifications && <notifications.NewDevices />}
      {isTab(place.at) && <PolicyNews />}
      {waits && <waits.DueReviews shown={place.at === "clinical" || place.at === "social"} />}
      {notifications &&
        place.at === "clinical" &&
        !session.shared.value &&
        !session.justSetUp.value && <notifications.NotificationsOffer />}
      <Offer me={me} notifications={notifications} />
      <Verifying me={me} />
      {me && isTab(place.at) && <me.KeysElsewhere />}
      <Here place={place} me={me} urgent={urgent} waits={waits} />
      {isTab(place.at) && (
        <BottomBar
          now={place.at}
          urgent={session.live.urgent.value?.filter((one) => one.waitsForMe).length ?? 0}
          onTab={(tab) => navigation.tab(tab)}
        />
      )}
    </div>
  );
}

const policy = (): Promise<typeof import("../account/PolicyChange")> =>
  import("../account/PolicyChange");

/** Seldom: what the organisation asks for now. */
function PolicyNews() {
  const { session } = useApp();
  const wanted = session.policyChange.value !== null || session.live.phoneLacks.value !== null;
  const module = useLater(policy, wanted);
  return module && <module.PolicyStrips />;
}

type UrgentPiece = ReturnType<typeof useUrgent>;
type Me = ReturnType<typeof useMe>;
type Notifications = ReturnType<typeof useNotifications>;

/** Right after the set-up: a passkey, then notifications. */
function Offer({ me, notifications }: { me: Me; notifications: Notifications }) {
  const { session } = useApp();
  if (session.passkeys.offered.value) return me && <me.OfferSheet />;
  return session.justSetUp.value && notifications && <notifications.AllowSheet />;
}

/** Wherever the person is in the app: another one of theirs asks to be trusted. */
function Verifying({ me }: { me: Me }) {
  const { session } = useApp();
  const step = session.live.verification.value;
  return me && step && <me.VerificationSheet key="verification" step={step} />;
}

interface HereProps {
  place: Place;
  me: Me;
  urgent: UrgentPiece;
  waits: ReturnType<typeof useWaits>;
}

function Here({ place, me, urgent, waits }: HereProps) {
  switch (place.at) {
    case "clinical":
    case "social":
      return <ListScreen key={place.at} list={place.at} />;
    case "me":
      return me === null ? <Waiting label={words().nav.me} rows={4} /> : <me.MeScreen />;
    case "apps":
      return me === null ? <Waiting label={words().nav.me} rows={4} /> : <me.AppsScreen />;
    case "searches":
      return me === null ? <Waiting label={words().nav.me} rows={4} /> : <me.SearchesScreen />;
    case "urgent":
    case "on_call":
    case "availability":
      return urgent === null ? (
        <Waiting label={words().nav.urgent} rows={4} />
      ) : place.at === "urgent" ? (
        <urgent.BoardScreen />
      ) : place.at === "on_call" ? (
        <urgent.OnCallScreen />
      ) : (
        <urgent.AvailabilityScreen />
      );
    case "directory":
    case "new":
    case "pick":
    case "person":
    case "add":
      return <Finding place={place} />;
    case "conversation":
      return (
        <ConversationScreen key={place.roomId} roomId={place.roomId} eventId={place.eventId} />
      );
    case "jobs":
    case "search":
    case "outbox":
      return <Everyday place={place} />;
    case "details":
      return <Details key={place.roomId} roomId={place.roomId} />;
    case "reviews":
      return waits ? <waits.DueReviewsScreen /> : <Waiting label={words().app.name} rows={4} />;
    case "team":
    case "rota":
    case "review":
      return <Groups key={place.roomId} place={place} />;
  }
}

type Lists = Extract<Place, { at: "jobs" | "search" | "outbox" }>;

function Everyday({ place }: { place: Lists }) {
  const piece = useEveryday();
  if (piece === null) return <Waiting label={words().app.name} rows={4} />;
  if (place.at === "search") return <piece.SearchScreen />;
  if (place.at === "outbox") return <piece.OutboxScreen />;
  return <piece.JobsScreen key={place.roomId} roomId={place.roomId} />;
}

type Searching = Extract<Place, { at: "directory" | "new" | "pick" | "person" | "add" }>;

function Finding({ place }: { place: Searching }) {
  const finding = useFinding();
  return finding ? (
    <ShownFinding finding={finding} place={place} />
  ) : (
    <Waiting label={words().nav.directory} rows={4} />
  );
}

type FindingPiece = NonNullable<ReturnType<typeof useFinding>>;

function ShownFinding({ finding, place }: { finding: FindingPiece; place: Searching }) {
  const { navigation } = useApp();
  const fresh = useModel(
    (app) => new finding.NewConversationModel(app),
    (model) => model.follow(),
  );
  const kept = useMemo(() => ({ term: "" }), []);
  const begin = (person: Person): void => {
    kept.term = "";
    fresh.clear();
    fresh.add(person);
    navigation.go({ at: "new" });
  };
  switch (place.at) {
    case "directory":
      return <finding.DirectoryScreen key="directory" kept={kept} onChosen={begin} />;
    case "person":
      return <finding.PersonScreen key={place.userId} userId={place.userId} onChosen={begin} />;
    case "new":
      return <finding.NewConversationScreen model={fresh} />;
    case "pick":
      return (
        <finding.DirectoryScreen
          key="pick"
          kept={kept}
          taken={fresh.people.value.map((person) => person.userId)}
          onBack={() => navigation.back()}
          onChosen={(person) => {
            kept.term = "";
            fresh.add(person);
            navigation.back();
          }}
        />
      );
    case "add":
      return <finding.AddColleagueScreen key={place.roomId} roomId={place.roomId} kept={kept} />;
  }
}

function Groups({ place }: { place: Extract<Place, { at: "team" | "rota" | "review" }> }) {
  const groups = useGroups();
  if (groups === null) return <Waiting label={words().room.details} rows={4} />;
  const { roomId } = place;
  if (place.at === "review") return <groups.Reviewing roomId={roomId} />;
  if (place.at === "rota") return <groups.AddingRota roomId={roomId} />;
  return <groups.AddingTeam roomId={roomId} />;
}

function Details({ roomId }: { roomId: string }) {
  const details = useDetails();
  return details ? (
    <ShownDetails details={details} roomId={roomId} />
  ) : (
    <Waiting label={words().room.details} rows={4} />
  );
}

type DetailsPiece = NonNullable<ReturnType<typeof useDetails>>;

function ShownDetails({ details, roomId }: { details: DetailsPiece; roomId: string }) {
  const model = useModel(
    (app) => new details.RoomDetailsModel(app, roomId),
    (made) => made.follow(),
  );
  return <details.DetailsScreen model={model} />;
}
