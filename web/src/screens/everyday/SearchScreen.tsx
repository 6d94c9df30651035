import { TopBar } from "../../components/bars/Bars";
import { Icon } from "../../components/icon/Icon";
import { FailedState, State } from "../../components/notice/Notice";
import { Body, Screen } from "../../components/screen/Screen";
import { SearchField } from "../../components/search/SearchField";
import { Waiting } from "../../components/waiting/Waiting";
import { everydayWords } from "../../i18n/everyday";
import { clockTime, dayName, listTime } from "../../i18n/format";
import { words } from "../../i18n/language";
import type { Found } from "../../engine/protocol";
import { SearchModel, type SearchState } from "../../model/searching";
import { useApp, useModel } from "../app/useApp";

/** Over what is on this phone; it says how far back that goes. */
export function SearchScreen() {
  const { navigation } = useApp();
  const model = useModel((app) => new SearchModel(app));
  const text = everydayWords().search;
  return (
    <Screen title={text.title}>
      <TopBar title={text.title} onBack={() => navigation.back()} />
      <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField
          id="words"
          label={text.label}
          clear={text.clear}
          value={model.term.value}
          onType={(value) => model.type(value)}
        />
        <p class="finds__hint">{text.hint}</p>
      </form>
      <Body plain>
        <Results model={model} state={model.state.value} />
      </Body>
    </Screen>
  );
}

function Results({ model, state }: { model: SearchModel; state: SearchState }) {
  const { surroundings } = useApp();
  const text = everydayWords().search;
  if (state.is === "nothing") return null;
  if (state.is === "looking") return <Waiting label={text.looking} rows={4} />;
  if (state.is === "failed")
    return (
      <FailedState
        title={text.title}
        text={state.text}
        onRetry={() => void model.look(model.term.peek())}
      />
    );
  const back =
    state.backTo === null ? null : (
      <p class="finds__hint">{text.backTo(dayName(state.backTo, surroundings.now()))}</p>
    );
  if (state.found.length === 0)
    return (
      <>
        <State icon="search" title={text.none} text={text.noneText} />
        {back}
      </>
    );
  return (
    <>
      <p class="finds__hint" role="status">
        {text.found(state.found.length)}. {state.more && text.more}
      </p>
      <ul class="list">
        {state.found.map((found) => (
          <OneFound key={found.eventId} found={found} />
        ))}
      </ul>
      {back}
    </>
  );
}

function OneFound({ found }: { found: Found }) {
  const { navigation, surroundings } = useApp();
  const { roomId, eventId, kind } = found;
  return (
    <li class={`kind-${kind}`}>
      <button
        type="button"
        class="list-row"
        onClick={() => navigation.go({ at: "conversation", roomId, eventId })}
      >
        <span class="list-row__icon">
          <Icon name={kind} size={22} />
        </span>
        <span class="list-row__main">
          <span class="list-row__who">
            {words().kind[kind]}: {found.purpose}
          </span>
          <span class="finds__text">{found.text}</span>
          <span class="list-row__last">
            {found.who}, {clockTime(found.ts)}
          </span>
        </span>
        <span class="list-row__side">
          <span class="list-row__time">{listTime(found.ts, surroundings.now())}</span>
        </span>
      </button>
    </li>
  );
}
