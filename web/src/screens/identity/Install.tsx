import type { ComponentChildren } from "preact";
import { Heading } from "../../components/screen/Screen";
import { installingWords } from "../../i18n/installing";
import { useApp } from "../app/useApp";
import "./Install.scss";

/** In an iPhone's browser, instead of signing in: there is no way on from here but the home screen. */
export function Install() {
  const { surroundings } = useApp();
  const text = installingWords();
  return (
    <div class="form">
      <Heading hint={text.why}>{text.title}</Heading>
      <h2 class="install__steps">{text.steps}</h2>
      <ol class="install">
        <Step picture={SHARE} what={text.share} where={text.shareWhere} />
        <Step picture={ADD} what={text.add} where={text.addWhere} />
        <Step picture={DONE} what={text.confirm} where={text.confirmWhere} />
      </ol>
      <p class="sign-in__help">
        {text.otherBrowser} <strong class="install__address">{surroundings.address}</strong>
      </p>
      <p class="sign-in__help">
        <a href="/lost">{text.lost}</a>
      </p>
    </div>
  );
}

/** Below the signing in, for who wants it. */
export function InstallOnAndroid() {
  const text = installingWords();
  return (
    <details class="install__how">
      <summary>{text.onAndroid}</summary>
      <ol class="install">
        <Step picture={MENU} what={text.menu} where={text.menuWhere} />
        <Step picture={DONE} what={text.install} where={text.installWhere} />
      </ol>
    </details>
  );
}

interface StepProps {
  picture: string;
  what: ComponentChildren;
  where: string;
}

/** The picture is of the phone's own button, so that it is found by its shape. */
function Step({ picture, what, where }: StepProps) {
  return (
    <li class="install__step">
      <svg class="install__picture" viewBox="0 0 24 24" aria-hidden="true">
        <path d={picture} />
      </svg>
      <span>
        <strong>{what}</strong>
        <span class="install__where">{where}</span>
      </span>
    </li>
  );
}

const SHARE = "M12 15V3M8 6.500L12 2.500l4 4M8 10H5v11.500h14V10h-3";
const ADD = "M4 4h16v16H4zM12 8v8M8 12h8";
const DONE = "M7 2.500h10v19H7zM9.500 12l2 2 3.500-4";
const MENU = "M12 5h.01M12 12h.01M12 19h.01";
