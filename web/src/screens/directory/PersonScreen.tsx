import type { ComponentChildren } from "preact";
import { TopBar } from "../../components/bars/Bars";
import { Button } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { FailedState } from "../../components/notice/Notice";
import { Face } from "../../components/person/Person";
import { Body, Screen } from "../../components/screen/Screen";
import { Tag } from "../../components/tag/Tag";
import { Waiting } from "../../components/waiting/Waiting";
import type { Person, PersonCard } from "../../engine/protocol";
import { findingWords } from "../../i18n/finding";
import { shortDate } from "../../i18n/format";
import { NearChoice } from "../../model/directory";
import { PersonModel } from "../../model/person";
import { useApp, useModel } from "../app/useApp";
import { availabilityText } from "./availability";
import { NearNameDialog } from "./NearNameDialog";
import { usePhoto } from "./usePhoto";
import "./Directory.scss";

/** Who somebody is, and who says so. */
export function PersonScreen({
  userId,
  onChosen,
}: {
  userId: string;
  onChosen: (person: Person) => void;
}) {
  const { navigation, session } = useApp();
  const model = useModel(
    (app) => new PersonModel(app, userId),
    (made) => void made.load(),
    userId,
  );
  const near = useModel((app) => new NearChoice(app, onChosen));
  const text = findingWords().person;
  const state = model.state.value;
  return (
    <Screen title={text.title}>
      <TopBar
        title={text.title}
        status={session.live.connection.value}
        onBack={() => navigation.back()}
      />
      <Body>
        {state.is === "loading" && <Waiting label={text.loading} rows={5} />}
        {state.is === "failed" && (
          <FailedState
            title={text.failed}
            text={state.offline ? text.offline : state.text}
            offline={state.offline}
            onRetry={() => void model.load()}
          />
        )}
        {state.is === "found" && (
          <Found
            person={state.person}
            model={model}
            onMessage={() => void near.pick(state.person)}
          />
        )}
      </Body>
      <NearNameDialog choice={near} taken={[]} />
    </Screen>
  );
}

function Found({
  person,
  model,
  onMessage,
}: {
  person: PersonCard;
  model: PersonModel;
  onMessage: () => void;
}) {
  const { session } = useApp();
  const photo = usePhoto(person);
  const text = findingWords();
  const me = session.live.me.value?.userId === person.userId;
  return (
    <div class="whole-person">
      <div class="whole-person__head">
        <Face name={person.displayName} photo={photo} large />
        <h2 class="whole-person__name">{person.displayName}</h2>
      </div>
      {person.near.length > 0 && (
        <p class="whole-person__near">
          <Icon name="people" size={16} />
          {text.directory.near(person.near.length)}
        </p>
      )}
      <Facts person={person} />
      {!me && person.reachable && (
        <Button wide icon="speech" onPress={onMessage}>
          {text.person.message}
        </Button>
      )}
      {!me && !person.reachable && (
        <p class="whole-person__still">
          <strong>{text.directory.notReachable}.</strong> {text.unreachable.why}{" "}
          {person.bleep === "" ? text.unreachable.ring : text.unreachable.bleep(person.bleep)}
        </p>
      )}
      {!me && <Shared model={model} />}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ person }: { person: PersonCard }) {
  const text = findingWords().person;
  const registered = [person.professionalBody, person.registration].filter(Boolean).join(" ");
  const code = person.employerOds === "" ? null : text.code(person.employerOds);
  return (
    <dl class="whole-person__facts">
      {person.role !== "" && <Fact name={text.role}>{person.role}</Fact>}
      <Fact name={text.employer}>
        {[person.employer, code].filter(Boolean).join(", ")}{" "}
        {person.outsider && (
          <Tag tone="amber" icon="alert">
            {text.outside}
          </Tag>
        )}
      </Fact>
      {person.ward !== "" && <Fact name={text.ward}>{person.ward}</Fact>}
      {person.bleep !== "" && <Fact name={text.bleep}>{person.bleep}</Fact>}
      <Fact name={text.registration}>
        {registered || findingWords().near.none}
        {registered !== "" && <small class="whole-person__hint">{text.recorded}</small>}
      </Fact>
      <Fact name={text.confirmed}>
        {person.confirmedUntilTs === null
          ? text.confirmedOn(shortDate(person.confirmedTs))
          : text.confirmedUntil(shortDate(person.confirmedUntilTs))}
      </Fact>
      <Fact name={text.availability}>{availabilityText(person.availability)}</Fact>
    </dl>
  );
}

function Shared({ model }: { model: PersonModel }) {
  const { navigation } = useApp();
  const text = findingWords().person;
  const rooms = model.shared.value;
  return (
    <section aria-labelledby="shared">
      <h3 class="whole-person__title" id="shared">
        {text.shared}
      </h3>
      {rooms.length === 0 ? (
        <p class="whole-person__still">{text.noneShared}</p>
      ) : (
        <ul class="whole-person__rooms">
          {rooms.map((room) => (
            <li key={room.id}>
              <Button
                look="secondary"
                wide
                onPress={() => navigation.go({ at: "conversation", roomId: room.id })}
              >
                {room.purpose}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
