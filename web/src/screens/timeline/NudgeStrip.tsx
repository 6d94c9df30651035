/** Over the message box: what this conversation is for, and what should perhaps not be said in it. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icon/Icon";
import { feedbackWords } from "../../i18n/feedback";
import { languageNow } from "../../i18n/language";
import { nudgeWords } from "../../i18n/minimise";
import type { NudgeModel, Reason } from "../../model/nudging";
import { useApp } from "../app/useApp";

interface Props {
  model: NudgeModel;
  box: { current: HTMLTextAreaElement | null };
}

export function NudgeStrip({ model, box }: Props) {
  const text = nudgeWords();
  const nudge = model.shown.value;
  const asking = model.asking.value;
  const then = (run: () => void) => (): void => {
    run();
    box.current?.focus();
  };
  return (
    <div role="status">
      {nudge === null && model.worth.value !== null && <WasItWorth model={model} box={box} />}
      {nudge !== null && (
        <div class="nudge">
          <Icon name="alert" size={20} />
          <p class="nudge__words">{nudge.sentence}</p>
          {asking !== null ? (
            <Reasons model={model} reasons={asking} box={box} />
          ) : (
            <div class="nudge__buttons">
              {model.elsewhere() && (
                <Choice main onPress={() => void model.openClinical()}>
                  {text.openClinical}
                </Choice>
              )}
              <Choice main={!model.elsewhere()} onPress={then(() => model.replace())}>
                {nudge.replaceLabel}
              </Choice>
              <Choice onPress={() => (model.keep(), model.asking.value ?? box.current?.focus())}>
                {model.elsewhere() ? text.keepAnyway : text.keep}
              </Choice>
              {model.level.value === "warn" && (
                <Choice onPress={then(() => model.notUseful())}>{text.notUseful}</Choice>
              )}
            </div>
          )}
          {model.error.value !== null && <p class="composer__error">{model.error.value}</p>}
        </div>
      )}
    </div>
  );
}

/** After a tap that took something out: was the interruption worth it (G02). Nobody waits for an answer. */
function WasItWorth({ model, box }: Props) {
  const text = feedbackWords();
  const say = (useful: boolean) => (): void => {
    model.helped(useful);
    box.current?.focus();
  };
  if (model.worth.value === "thanks") return <p class="nudge__worth">{text.thanks}</p>;
  return (
    <div class="nudge__worth">
      <p>{text.ask}</p>
      <Choice onPress={say(true)}>{text.helped}</Choice>
      <Choice onPress={say(false)}>{text.inTheWay}</Choice>
    </div>
  );
}

/** One tap says why, and the message goes. */
function Reasons({ model, reasons, box }: Props & { reasons: readonly Reason[] }) {
  const text = nudgeWords();
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.querySelector("button")?.focus(), []);
  const question = model.elsewhere() ? text.whyHere : text.why;
  return (
    <div class="nudge__buttons" role="group" aria-label={question} ref={list}>
      <p class="nudge__why">{question}</p>
      {reasons.map((reason) => (
        <Choice
          key={reason}
          onPress={() => {
            box.current?.focus();
            void model.because(reason);
          }}
        >
          {text.reasons[reason]}
        </Choice>
      ))}
    </div>
  );
}

function Choice(props: { main?: boolean; onPress: () => unknown; children: string }) {
  return (
    <button
      type="button"
      class={props.main === true ? "nudge__button nudge__button--do" : "nudge__button"}
      onClick={() => void props.onPress()}
    >
      {props.children}
    </button>
  );
}

/** What the policy says, for and not for; a tap shows the rest (G10). */
export function ApprovedFor({ model }: { model: NudgeModel }) {
  const { navigation, session } = useApp();
  const [open, setOpen] = useState(false);
  const policy = session.live.policy.value;
  const kind = model.kind.value;
  const use = policy?.rooms?.[kind];
  const said = (words: Record<string, string> | undefined): string =>
    words?.[languageNow()] ?? words?.["en"] ?? "";
  const approved = said(use?.approvedFor);
  if (approved === "" || policy === null) return null;
  const text = nudgeWords();
  const not = said(use?.notFor);
  const line = not === "" ? text.use(approved) : `${text.use(approved)}. ${text.notFor(not)}`;
  const days = kind === "other" ? 0 : policy.keepDays[kind];
  return (
    <div class="approved">
      <button
        type="button"
        class={open ? "approved__line approved__line--open" : "approved__line"}
        aria-expanded={open}
        aria-label={`${text.useLabel}: ${line}`}
        onClick={() => setOpen(!open)}
      >
        <Icon name="info" size={16} />
        <span class="approved__words">{line}</span>
      </button>
      {open && (
        <p class="approved__more">
          {days > 0 && text.kept(days)} {kind === "clinical" && text.less}{" "}
          <button type="button" class="link-button" onClick={() => navigation.go({ at: "apps" })}>
            {text.apps}
          </button>
        </p>
      )}
    </div>
  );
}
