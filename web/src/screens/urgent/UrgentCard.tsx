import { useId } from "preact/hooks";
import type { Urgent, UrgentPerson, UrgentStep } from "../../engine/protocol";
import { Button } from "../../components/button/Button";
import { Icon, type IconName } from "../../components/icon/Icon";
import { duration, moment } from "../../i18n/format";
import { urgentWords } from "../../i18n/urgent";
import type { UrgentBoardModel } from "../../model/urgentBoard";
import { useApp } from "../app/useApp";
import { useInView } from "../app/useInView";

interface CardProps {
  urgent: Urgent;
  model: UrgentBoardModel;
  onPass: () => void;
}

const STATE_ICONS: Record<Urgent["state"], IconName> = {
  waiting: "clock",
  acknowledged: "check",
  escalated: "alert",
  unanswered: "alert",
  ended: "close",
};

export function UrgentCard({ urgent, model, onPass }: CardProps) {
  const { navigation } = useApp();
  const heading = useId();
  const words = useInView<HTMLParagraphElement>((isInView) => model.look(urgent, isInView));
  const text = urgentWords();
  const now = model.now.value;
  const { from } = urgent;
  const purpose = model.purpose(urgent);
  const problem = model.problem.value?.urgentId === urgent.urgentId ? model.problem.value : null;
  return (
    <article
      class={urgent.open ? "urgent urgent--open" : "urgent"}
      aria-labelledby={heading}
      data-state={urgent.state}
      onFocusIn={() => model.look(urgent, true)}
    >
      <h3 class="urgent__title" id={heading}>
        {from.own
          ? urgent.roleName === ""
            ? text.fromYou
            : text.to(urgent.roleName)
          : text.from([from.name, from.role].filter(Boolean).join(", "))}
      </h3>
      <p class="urgent__facts">
        {[text.sentAt(moment(urgent.sentTs, now)), purpose && text.about(purpose)]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {urgent.kind === "broadcast" && <p class="urgent__facts">{text.broadcast}</p>}
      <p
        class={urgent.text === null ? "urgent__text urgent__text--missing" : "urgent__text"}
        ref={words}
      >
        {urgent.text ?? (urgent.eventId === null ? text.textComing : text.textNotHere)}
      </p>
      <Standing urgent={urgent} now={now} asOf={model.asOf.value} />
      {problem !== null && (
        <p class="urgent__problem" role="alert">
          {text.answerFailed} {problem.text}
        </p>
      )}
      {urgent.waitsForMe && <Answers urgent={urgent} model={model} onPass={onPass} />}
      <PeopleRows people={urgent.people} now={now} />
      {urgent.steps.length > 1 && <Steps steps={urgent.steps} now={now} />}
      <div class="urgent__more">
        {purpose !== "" && (
          <Button
            small
            look="quiet"
            icon="speech"
            onPress={() =>
              navigation.go({ at: "conversation", roomId: urgent.roomId, urgent: true })
            }
          >
            {text.open}
          </Button>
        )}
        {from.own && urgent.state !== "ended" && (
          <Button small look="quiet" icon="close" onPress={() => void model.end(urgent)}>
            {text.end}
          </Button>
        )}
      </div>
    </article>
  );
}

/** Word and icon; the time left is there to be read, and is not said again every second. */
function Standing({ urgent, now, asOf }: { urgent: Urgent; now: number; asOf: number | null }) {
  const text = urgentWords();
  const { state, dueTs } = urgent;
  if (urgent.kind === "broadcast") return null;
  const runs = (state === "waiting" || state === "escalated") && dueTs !== null;
  return (
    <p class={`urgent__state urgent__state--${state}`}>
      <Icon name={STATE_ICONS[state]} size={20} />
      <span>
        {text.states[state]}
        {runs && <span class="urgent__due">{text.replyBy(moment(dueTs, now))}</span>}
      </span>
      {runs && (
        <span class="urgent__left" role="timer">
          {dueTs > now
            ? text.left(duration(dueTs - now))
            : dueTs > (asOf ?? now)
              ? text.notKnown
              : text.past(moment(dueTs, now))}
        </span>
      )}
    </p>
  );
}

function Answers({ urgent, model, onPass }: CardProps) {
  const text = urgentWords();
  const busy = model.busy.value === urgent.urgentId;
  const cannot = (): void =>
    urgent.kind === "broadcast" ? void model.answer(urgent, "cannot") : onPass();
  return (
    <div class="urgent__answers">
      <Button
        wide
        icon="check"
        busy={busy && text.answering}
        onPress={() => void model.answer(urgent, "acknowledged")}
      >
        {text.acknowledge}
      </Button>
      {urgent.kind === "urgent" && (
        <Button wide onPress={() => void model.answer(urgent, "on_my_way")}>
          {text.onMyWay}
        </Button>
      )}
      <Button wide look="secondary" onPress={cannot}>
        {text.cannotDo}
      </Button>
    </div>
  );
}

function PeopleRows({ people, now }: { people: readonly UrgentPerson[]; now: number }) {
  const text = urgentWords();
  return (
    <ul class="urgent__people" aria-label={text.peopleOf}>
      {people.map((person) => {
        const { icon, word, ts } = standingOf(person);
        return (
          <li class="urgent__person" key={`${person.step} ${person.userId}`}>
            <Icon name={icon} size={18} />
            <span class="urgent__who">
              {person.name}
              {person.role !== "" && <span class="urgent__role">{person.role}</span>}
            </span>
            <span class="urgent__word">
              {word}
              {person.passedTo !== null && (
                <span class="urgent__role">
                  {person.passedTo === "" ? text.passedOn : text.passedTo(person.passedTo)}
                </span>
              )}
            </span>
            <span class="urgent__time">{ts === null ? "" : moment(ts, now)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** How far it has come with this person: never more than the server knows. */
function standingOf(person: UrgentPerson): { icon: IconName; word: string; ts: number | null } {
  const text = urgentWords();
  if (person.answer !== null)
    return {
      icon: person.answer === "cannot" ? "close" : "check",
      word: text[person.answer],
      ts: person.answeredTs,
    };
  if (person.seenTs !== null) return { icon: "checks", word: text.seen, ts: person.seenTs };
  if (person.offDuty) return { icon: "clock", word: text.offDuty, ts: null };
  if (person.deliveredTs !== null)
    return { icon: "down", word: text.delivered, ts: person.deliveredTs };
  return { icon: "clock", word: text.waitingFor, ts: null };
}

function Steps({ steps, now }: { steps: readonly UrgentStep[]; now: number }) {
  const text = urgentWords();
  const who = (step: UrgentStep): string =>
    step.roleName || (step.lead ? text.stepLead : text.stepPeople);
  return (
    <div class="urgent__steps">
      <h4 class="urgent__facts">{text.steps}</h4>
      <ol>
        {steps.map((step) => (
          <li key={step.step}>
            {step.dueTs === null ? who(step) : text.step(who(step), moment(step.dueTs, now))}
          </li>
        ))}
      </ol>
    </div>
  );
}
