import { TopBar } from "../../components/bars/Bars";
import { Button, IconButton } from "../../components/button/Button";
import { Icon } from "../../components/icon/Icon";
import { FailedState, State } from "../../components/notice/Notice";
import { PersonLine } from "../../components/person/Person";
import { Body, Screen } from "../../components/screen/Screen";
import { SearchField } from "../../components/search/SearchField";
import { Tag } from "../../components/tag/Tag";
import { SlowLine, Waiting } from "../../components/waiting/Waiting";
import { findingWords } from "../../i18n/finding";
import { DirectoryModel, type Kept } from "../../model/directory";
import type { Person } from "../../engine/protocol";
import { useApp, useModel } from "../app/useApp";
import { NearNameDialog } from "./NearNameDialog";
import { UnreachableSheet } from "./UnreachableSheet";
import { usePhoto } from "./usePhoto";
import "./Directory.scss";

interface DirectoryProps {
  onChosen: (person: Person) => void;
  /** With a way back it is a choice within something else. */
  onBack?: () => void;
  /** People who are there already. */
  taken?: readonly string[];
  kept?: Kept;
  /** The conversation they are looked for. */
  roomId?: string;
}

export function DirectoryScreen({ onChosen, onBack, taken = [], kept, roomId }: DirectoryProps) {
  const { navigation, session } = useApp();
  const model = useModel(
    (app) => new DirectoryModel(app, onChosen, kept, roomId),
    (made) => {
      made.begin();
      return () => made.stop();
    },
  );
  const text = findingWords().directory;
  const title = onBack ? text.pickTitle : text.title;
  return (
    <Screen title={title}>
      <TopBar title={title} status={session.live.connection.value} onBack={onBack} />
      <SearchBox model={model} />
      <Body plain>
        {!onBack && (
          <p class="search__on-call">
            <Button small look="quiet" icon="bell" onPress={() => navigation.go({ at: "on_call" })}>
              {text.onCall}
            </Button>
          </p>
        )}
        <Results model={model} taken={taken} />
      </Body>
      <NearNameDialog choice={model.near} taken={taken} />
      <UnreachableSheet model={model} />
    </Screen>
  );
}

function SearchBox({ model }: { model: DirectoryModel }) {
  const text = findingWords().directory;
  const submit = (event: Event): void => {
    event.preventDefault();
    void model.search();
  };
  return (
    <form class="search" role="search" onSubmit={submit}>
      <SearchField
        id="term"
        label={text.search}
        clear={text.clear}
        value={model.term.value}
        onType={(value) => model.type(value)}
      />
    </form>
  );
}

function Results({ model, taken }: { model: DirectoryModel; taken: readonly string[] }) {
  const text = findingWords().directory;
  const state = model.state.value;
  const people = state.is === "found" ? state.people : state.is === "searching" ? state.before : [];
  return (
    <>
      <p class={state.is === "found" ? "search__found" : "hidden"} role="status">
        {state.is === "found" && text.found(state.people.length)}
        {state.is === "none" && text.none(state.term)}
        {state.is === "searching" && text.searching}
      </p>
      {state.is === "idle" && <State icon="search" title={text.start} text={text.startHint} />}
      {state.is === "searching" && people.length === 0 && (
        <Waiting label={text.searching} rows={4} />
      )}
      {state.is === "searching" && people.length > 0 && <SlowLine waiting />}
      {state.is === "none" && (
        <State icon="person" title={text.none(state.term)} text={text.noneHint} />
      )}
      {state.is === "failed" && (
        <FailedState
          title={text.failed}
          text={state.offline ? text.offline : state.text}
          offline={state.offline}
          onRetry={() => void model.search()}
        />
      )}
      <ul class={state.is === "searching" ? "found found--old" : "found"} aria-label={text.title}>
        {people.map((person) => (
          <PersonRow
            key={person.userId}
            person={person}
            taken={taken}
            onPick={() => model.pick(person)}
          />
        ))}
      </ul>
      {state.is === "found" && state.limited && <p class="search__limited">{text.limited}</p>}
    </>
  );
}

function PersonRow({
  person,
  taken,
  onPick,
}: {
  person: Person;
  taken: readonly string[];
  onPick: () => void;
}) {
  const { navigation, session } = useApp();
  const text = findingWords().directory;
  const already = taken.includes(person.userId);
  const me = session.live.me.value?.userId === person.userId;
  const photo = usePhoto(person);
  const state = person.availability.state;
  const line = (
    <PersonLine name={person.displayName} role={person.role} ward={person.ward} photo={photo}>
      {person.outsider && <span class="found__employer">{person.employer}</span>}
      {person.availability.onCall.map((role) => (
        <Tag key={role} tone="blue" icon="phone">
          {findingWords().person.onCallAs(role)}
        </Tag>
      ))}
      {state !== "unknown" && (
        <Tag tone={state === "on_duty" ? "green" : "grey"} icon="clock">
          {findingWords().person.states[state]}
        </Tag>
      )}
      {!person.reachable && (
        <span class="found__unreachable">
          <b>{text.notReachable}.</b> {text.notReachableHint}
        </span>
      )}
      {me && <Tag>{text.you}</Tag>}
      {already && (
        <Tag tone="green" icon="check">
          {text.alreadyIn}
        </Tag>
      )}
    </PersonLine>
  );
  const near = person.near.length > 0 && (
    <span class="found__near">
      <Icon name="people" size={16} />
      {text.near(person.near.length)}
    </span>
  );
  return (
    <li class="found__one">
      {!already && !me ? (
        <button type="button" class="found__button" onClick={onPick}>
          {line}
          {near}
        </button>
      ) : (
        <div class="found__button found__button--still">
          {line}
          {near}
        </div>
      )}
      <IconButton
        icon="info"
        label={findingWords().person.about(person.displayName)}
        onPress={() => navigation.go({ at: "person", userId: person.userId })}
      />
    </li>
  );
}
