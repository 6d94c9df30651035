import { useState } from "preact/hooks";
import { Button } from "../../components/button/Button";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { SlowLine } from "../../components/waiting/Waiting";
import { safetyWords } from "../../i18n/safety";
import { words } from "../../i18n/language";
import type { VerificationStep } from "../../engine/protocol";
import { attempt } from "../../model/problem";
import { useApp } from "../app/useApp";

/**
 * Another app of the person's own asks this phone to vouch for it, or this one asks their other phone:
 * both show the same pictures.
 */
export function VerificationSheet({ step }: { step: VerificationStep }) {
  const { session } = useApp();
  const text = safetyWords();
  // Once the keys have come this phone is no longer one without.
  const [asks] = useState(session.live.keys.value === "elsewhere");
  const answer = (accept: boolean) => void attempt(session, "answerVerification", { accept });
  const close = (): void => {
    if (step.is === "asked") answer(false);
    else if (step.is === "compare") void attempt(session, "compareVerification", { same: false });
    else void attempt(session, "closeVerification", {});
  };
  return (
    <Sheet title={asks ? text.otherAskTitle : text.verifyTitle} onClose={close}>
      <div class="form" aria-live="polite">
        {step.is === "asked" && (
          <>
            <p>{text.verifyWhy(step.device)}</p>
            <Button wide onPress={() => answer(true)}>
              {text.verifyStart}
            </Button>
            <Button wide look="danger" onPress={() => answer(false)}>
              {text.verifyRefuse}
            </Button>
            <p class="me__text">{text.verifyReport}</p>
          </>
        )}
        {step.is === "waiting" && <Waiting asks={asks} />}
        {step.is === "compare" && <Compare step={step} asks={asks} />}
        {(step.is === "done" || step.is === "failed") && (
          <Ended done={step.is === "done"} asks={asks} onClose={close} />
        )}
      </div>
    </Sheet>
  );
}

interface EndedProps {
  done: boolean;
  asks: boolean;
  onClose: () => void;
}

function Ended({ done, asks, onClose }: EndedProps) {
  const text = safetyWords();
  const said = asks ? [text.otherDone, text.otherFailed] : [text.verifyDone, text.verifyFailed];
  return (
    <>
      <Note tone={done ? "done" : "problem"}>
        <p>{said[done ? 0 : 1]}</p>
      </Note>
      {!done && !asks && <p>{text.verifyReport}</p>}
      <Button wide onPress={onClose}>
        {words().app.done}
      </Button>
    </>
  );
}

function Waiting({ asks }: { asks: boolean }) {
  const text = safetyWords();
  return (
    <>
      <p>{asks ? text.otherWaiting : text.verifyWaiting}</p>
      <SlowLine waiting />
    </>
  );
}

interface CompareProps {
  step: Extract<VerificationStep, { is: "compare" }>;
  asks: boolean;
}

function Compare({ step, asks }: CompareProps) {
  const { session } = useApp();
  const text = safetyWords();
  const [said, setSaid] = useState(false);
  const say = (same: boolean): void => {
    setSaid(true);
    void attempt(session, "compareVerification", { same });
  };
  return (
    <>
      <p>{asks ? text.otherCompare : text.verifyCompare}</p>
      <ol class="emoji">
        {step.emoji.map(([picture, name], index) => (
          <li key={`${name}${index}`}>
            <span aria-hidden="true">{picture}</span>
            <span lang="en">{name}</span>
          </li>
        ))}
      </ol>
      {step.numbers.length > 0 && (
        <p class="me__key">
          {text.verifyNumbers} {step.numbers.join(" ")}
        </p>
      )}
      <Button wide disabled={said} onPress={() => say(true)}>
        {text.verifySame}
      </Button>
      <Button wide look="danger" disabled={said} onPress={() => say(false)}>
        {text.verifyDifferent}
      </Button>
    </>
  );
}
