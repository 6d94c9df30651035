import { Button } from "../../components/button/Button";
import { FailedState } from "../../components/notice/Notice";
import { Face } from "../../components/person/Person";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import { findingWords } from "../../i18n/finding";
import type { Person } from "../../engine/protocol";
import type { NearChoice } from "../../model/directory";
import { Feedback } from "../everyday/Feedback";
import { usePhoto } from "./usePhoto";

/** Full cards side by side. Nothing is chosen beforehand and closing it chooses nobody. */
export function NearNameDialog({
  choice,
  taken,
}: {
  choice: NearChoice;
  taken: readonly string[];
}) {
  const text = findingWords().near;
  const state = choice.state.value;
  if (state.is === "closed") return null;
  return (
    <Sheet title={text.title(state.person.displayName)} onClose={() => choice.close()}>
      {state.is === "loading" && <Waiting label={text.loading} rows={2} shape="card" />}
      {state.is === "failed" && (
        <FailedState
          title={text.failed}
          text={state.text}
          onRetry={() => void choice.pick(state.person)}
        />
      )}
      {state.is === "choosing" && (
        <>
          <p class="near__why">
            {text.why} {text.because[state.because]}
          </p>
          <ul class="near">
            {state.cards.map((person) => (
              <li key={person.userId} class="near__one">
                <Card
                  person={person}
                  taken={taken.includes(person.userId)}
                  onChoose={() => choice.choose(person)}
                />
              </li>
            ))}
          </ul>
          <p class="near__recorded">{text.recorded}</p>
          <Button look="quiet" wide onPress={() => choice.close()}>
            {text.neither}
          </Button>
          <Feedback rule="G26" />
        </>
      )}
    </Sheet>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Card({
  person,
  taken,
  onChoose,
}: {
  person: Person;
  taken: boolean;
  onChoose: () => void;
}) {
  const text = findingWords().near;
  const photo = usePhoto(person);
  const registered = [person.professionalBody, person.registration].filter(Boolean).join(" ");
  const blocked = taken
    ? findingWords().directory.alreadyIn
    : person.reachable
      ? null
      : findingWords().directory.notReachable;
  return (
    <>
      <Face name={person.displayName} photo={photo} large />
      <h3 class="near__name">{person.displayName}</h3>
      <dl class="near__facts">
        <Fact name={text.role} value={person.role} />
        <Fact name={text.employer} value={person.employer} />
        <Fact name={text.ward} value={person.ward} />
        <Fact name={text.registration} value={registered || text.none} />
      </dl>
      {blocked === null ? (
        <Button
          small
          label={text.chooseWho(person.displayName, person.role, person.ward)}
          onPress={onChoose}
        >
          {text.choose}
        </Button>
      ) : (
        <p class="near__blocked">{blocked}</p>
      )}
    </>
  );
}
