import { BottomBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Strip } from "../../components/notice/Notice";
import { words } from "../../i18n/language";
import { NewConversationModel } from "../../model/newConversation";
import type { Place, Tab } from "../../model/navigation";
import { MeScreen } from "../account/MeScreen";
import { useNotifications } from "../account/useNotifications";
import { DirectoryScreen } from "../directory/DirectoryScreen";
import { AddColleagueScreen } from "../room/AddColleagueScreen";
import { ClinicalListScreen } from "../room/ClinicalListScreen";
import { DetailsScreen } from "../room/DetailsScreen";
import { NewConversationScreen } from "../room/NewConversationScreen";
import { RoomDetailsModel } from "../../model/roomDetails";
import { useSafety } from "../account/useSafety";
import { ConversationScreen } from "../timeline/ConversationScreen";
import { useApp, useModel } from "./useApp";

const TABS: readonly string[] = ["clinical", "directory", "me"] satisfies Tab[];
const isTab = (at: Place["at"]): at is Tab => TABS.includes(at);

/** The unlocked app: one place at a time, and the bar below on the main ones. */
export function OpenApp() {
  const { navigation, session } = useApp();
  const fresh = useModel((app) => new NewConversationModel(app));
  const notifications = useNotifications();
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
      {session.updateReady.value && isTab(place.at) && (
        <Strip tone="plain">
          <span class="strip-action">
            {words().app.updateReady}
            <Button small look="secondary" onPress={() => session.restartToUpdate()}>
              {words().app.restartToUpdate}
            </Button>
          </span>
        </Strip>
      )}
      {notifications && place.at === "clinical" && !session.shared.value && (
        <notifications.NotificationsOffer />
      )}
      <Offer />
      <Verifying />
      <Here place={place} fresh={fresh} />
      {isTab(place.at) && <BottomBar now={place.at} onTab={(tab) => navigation.tab(tab)} />}
    </div>
  );
}

/** Right after the set-up. */
function Offer() {
  const { session } = useApp();
  const offered = session.passkeys.offered.value;
  const safety = useSafety(offered);
  return safety && offered && <safety.OfferSheet />;
}

/** Wherever the person is in the app: another one of theirs asks to be trusted. */
function Verifying() {
  const { session } = useApp();
  const step = session.live.verification.value;
  const safety = useSafety(step !== null);
  return safety && step && <safety.VerificationSheet key="verification" step={step} />;
}

function Here({ place, fresh }: { place: Place; fresh: NewConversationModel }) {
  const { navigation } = useApp();
  switch (place.at) {
    case "clinical":
      return <ClinicalListScreen />;
    case "directory":
      return (
        <DirectoryScreen
          key="directory"
          onChosen={(person) => {
            fresh.clear();
            fresh.add(person);
            navigation.go({ at: "new" });
          }}
        />
      );
    case "me":
      return <MeScreen />;
    case "new":
    case "pick":
      return <NewConversation place={place} fresh={fresh} />;
    case "add":
      return <AddColleagueScreen key={place.roomId} roomId={place.roomId} />;
    case "conversation":
      return <ConversationScreen key={place.roomId} roomId={place.roomId} />;
    case "details":
      return <Details key={place.roomId} roomId={place.roomId} />;
  }
}

function NewConversation({ place, fresh }: { place: Place; fresh: NewConversationModel }) {
  const { navigation } = useApp();
  if (place.at === "new") return <NewConversationScreen model={fresh} />;
  return (
    <DirectoryScreen
      key="pick"
      taken={fresh.people.value.map((person) => person.userId)}
      onBack={() => navigation.back()}
      onChosen={(person) => {
        fresh.add(person);
        navigation.back();
      }}
    />
  );
}

function Details({ roomId }: { roomId: string }) {
  const model = useModel(
    (app) => new RoomDetailsModel(app, roomId),
    (made) => made.follow(),
  );
  return <DetailsScreen model={model} />;
}
