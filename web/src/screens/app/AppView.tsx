import { useEffect } from "preact/hooks";
import { DemonstrationStrip } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";

import { Entrance, Heading, Screen } from "../../components/screen/Screen";

import { languageNow, showLanguage, words } from "../../i18n/language";
import type { App } from "../../model/app";
import { LockScreen, SetUpAgainScreen } from "../handset/LockScreen";
import { AutoLockWarning } from "./AutoLockWarning";
import { AppContext, useApp } from "./useApp";
import { useLater } from "./useLater";
import "./AppView.scss";

/** The whole app. What stands on the screen follows the session's state, nothing else. */
export function AppView({ app }: { app: App }) {
  const { session } = app;
  const language = session.preferences.language.value;
  const shown = languageNow();
  const connection = session.live.connection.value;
  // Asked again when the network is back: the words may not be on this phone yet.
  useEffect(() => void showLanguage(language), [language, connection]);
  useEffect(() => void (document.documentElement.lang = shown === "cy" ? "cy" : "en-GB"), [shown]);
  useKeyboardHeight();
  useEffect(() => void rest(), []);
  const covered = session.covered.value && session.state.value.at === "open";
  return (
    <AppContext.Provider value={app}>
      <div class="app">
        {session.about.value?.demonstration === true && <DemonstrationStrip />}
        <AutoLockWarning />
        {/* Hidden, not removed: the draft and the place in the timeline are still there at return. */}
        <div class="app__stage" hidden={covered}>
          <Stage />
        </div>
        {covered && <Cover />}
      </div>
    </AppContext.Provider>
  );
}

function Stage() {
  const { session } = useApp();
  const state = session.state.value;
  switch (state.at) {
    case "starting":
      return <Cover />;
    case "open_elsewhere":
      return <OpenElsewhere />;
    case "signed_out":
    case "second_step":
    case "account":
    case "consent":
    case "turned_away":
    case "handed_over":
    case "lost":
      return <Entering lost={state.at === "lost"} />;
    case "first_factor":
    case "recovery_codes":
      return <FirstFactor />;
    case "choose_passcode":
      return <SetUp minLength={state.minLength} />;
    case "locked":
    case "unlocking":
      return <LockScreen />;
    case "set_up_again":
      return <SetUpAgainScreen why={state.why} />;
    case "open":
      return <Opened />;
  }
}

/**
 * The lock screen is all that a cold start has to fetch; the rest follows while the passcode is typed.
 * From the second start on all of it lies on the phone.
 */
const rest = (): Promise<typeof import("./OpenApp")> => import("./OpenApp");

function Opened() {
  const module = useLater(rest);
  return module === null ? <Cover /> : <module.OpenApp />;
}

/** Once per phone, and for other apps and a lost phone: no part of an unlock. */
const entering = (): Promise<typeof import("../identity/Entering")> =>
  import("../identity/Entering");

function Entering({ lost }: { lost: boolean }) {
  const module = useLater(entering);
  if (module === null) return <Cover />;
  return lost ? <module.Lost /> : <module.SignInScreen />;
}

/** Once per phone: fetched while the person types the code. */
const setUp = (): Promise<typeof import("../handset/SetUpScreen")> =>
  import("../handset/SetUpScreen");

function SetUp({ minLength }: { minLength: number }) {
  const module = useLater(setUp);
  return module === null ? <Cover /> : <module.SetUpScreen minLength={minLength} />;
}

/** Once per person. */
const firstFactor = (): Promise<typeof import("../identity/FirstFactorScreen")> =>
  import("../identity/FirstFactorScreen");

function FirstFactor() {
  const module = useLater(firstFactor);
  return module === null ? <Cover /> : <module.FirstFactorScreen />;
}

/** What the phone's own list of open apps may take a picture of. */
function Cover() {
  return (
    <main class="cover">
      <h1 class="cover__name">{words().app.name}</h1>
    </main>
  );
}

function OpenElsewhere() {
  const text = words().app;
  return (
    <Screen title={text.openElsewhere}>
      <Entrance>
        <Heading hint={text.openElsewhereWhy}>{text.openElsewhere}</Heading>
        <Button wide onPress={() => location.reload()}>
          {text.tryAgain}
        </Button>
      </Entrance>
    </Screen>
  );
}

/** Where the keyboard covers the page instead of making it shorter, the message box moves up by hand. */
function useKeyboardHeight(): void {
  useEffect(() => {
    const seen = window.visualViewport;
    if (!seen) return;
    const fit = (): void => {
      const covers = window.innerHeight - seen.height > 80;
      if (covers)
        document.documentElement.style.setProperty("--height", `${Math.round(seen.height)}px`);
      else document.documentElement.style.removeProperty("--height");
    };
    seen.addEventListener("resize", fit);
    return () => seen.removeEventListener("resize", fit);
  }, []);
}
