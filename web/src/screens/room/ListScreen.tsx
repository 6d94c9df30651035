import { useState } from "preact/hooks";
import { TopBar } from "../../components/bars/Bars";
import { Icon } from "../../components/icon/Icon";
import { State, Strip } from "../../components/notice/Notice";
import { Face } from "../../components/person/Person";
import { Body, Screen } from "../../components/screen/Screen";
import { Tag } from "../../components/tag/Tag";
import { Waiting } from "../../components/waiting/Waiting";
import type { FaceOf } from "../../engine/protocol";
import { words } from "../../i18n/language";
import { RoomListModel, type ListRow } from "../../model/roomList";
import { OfflineStrip } from "../app/OfflineStrip";
import { useApp, useModel } from "../app/useApp";
import { useInView } from "../app/useInView";
import { usePhoto } from "../directory/usePhoto";
import "./List.scss";

/** One tab's conversations. What is about patients and what is social are never in one list (G29). */
export function ListScreen({ list }: { list: "clinical" | "social" }) {
  const { navigation, session } = useApp();
  const model = useModel((app) => new RoomListModel(app, list));
  const text = words().list;
  const state = model.state.value;
  const title = words().nav[list];
  return (
    <Screen title={title} kind={list}>
      <TopBar title={title} status={session.live.connection.value}>
        <button
          type="button"
          class="list-new"
          onClick={() => navigation.go({ at: "search" })}
          aria-label={text.search}
        >
          <Icon name="search" size={22} />
        </button>
        <button
          type="button"
          class="list-new"
          onClick={() => navigation.tab("directory")}
          aria-label={text.new}
        >
          <Icon name="plus" size={24} />
        </button>
      </TopBar>
      <OfflineStrip where="list" />
      {session.live.keys.value === "fresh_start" && (
        <Strip tone="plain">{words().me.freshStart}</Strip>
      )}
      {session.live.keys.value === "step_up" && <StepUpStrip />}
      {model.state.value.is !== "empty" && <Filters model={model} />}
      <Body plain>
        {state.is === "none" && <p class="list-none">{text.none[model.filter.value]}</p>}
        {state.is === "loading" && <Waiting label={text.loading} rows={6} />}
        {state.is === "empty" && (
          <State
            icon="speech"
            title={text.emptyTitle}
            text={list === "social" ? text.emptySocial : text.empty}
            action={{
              label: text.find,
              icon: "search",
              onPress: () => navigation.tab("directory"),
            }}
          />
        )}
        {state.is === "rows" && (
          <ul class="list" aria-label={list === "social" ? text.socialLabel : text.label}>
            {state.rows.map((row) => (
              <RowView
                key={row.roomId}
                row={row}
                onOpen={() => navigation.go({ at: "conversation", roomId: row.roomId })}
              />
            ))}
          </ul>
        )}
      </Body>
    </Screen>
  );
}

/** What of the list is shown; each says how many that would be. */
function Filters({ model }: { model: RoomListModel }) {
  const text = words().list;
  return (
    <section class="chips" aria-label={text.filters}>
      {model.filters.value.map(({ filter, count }) => (
        <button
          key={filter}
          type="button"
          class="chip"
          aria-pressed={model.filter.value === filter}
          onClick={() => (model.filter.value = filter)}
        >
          {text.filter[filter]} {count !== null && <span class="chip__count">{count}</span>}
        </button>
      ))}
    </section>
  );
}

function StepUpStrip() {
  const { navigation } = useApp();
  return (
    <Strip tone="warning">
      <button type="button" class="link-button" onClick={() => navigation.tab("me")}>
        {words().me.stepUpTitle}
      </button>
    </Strip>
  );
}

function RowView({ row, onOpen }: { row: ListRow; onOpen: () => void }) {
  const text = words().list;
  return (
    <li class={`kind-${row.kind}`}>
      <button
        type="button"
        class={`list-row${row.unread > 0 ? " list-row--new" : ""}${row.urgent ? " list-row--urgent" : ""}`}
        onClick={onOpen}
      >
        <RowIcon row={row} />
        <span class="list-row__main">
          <span class="list-row__title">{row.purpose}</span>
          <span class="list-row__who">{row.who}</span>
          <span class="list-row__last">{row.last}</span>
        </span>
        <span class="list-row__side">
          <span class="list-row__time">{row.time}</span>
          {row.unread > 0 && <span class="list-row__count">{text.newCount(row.unread)}</span>}
        </span>
        <RowTags row={row} />
      </button>
    </li>
  );
}

/** The kind; with one person alone their face, and the kind on it: it is never told by the colour only. */
function RowIcon({ row }: { row: ListRow }) {
  const kind = <span class="hidden">{words().kind[row.kind]}: </span>;
  if (row.face === undefined) {
    return (
      <span class="list-row__icon">
        <Icon name={row.kind} size={22} />
        {kind}
      </span>
    );
  }
  return (
    <span class="list-row__face">
      <RowFace face={row.face} />
      <span class="list-row__kind">
        <Icon name={row.kind} size={14} />
      </span>
      {kind}
    </span>
  );
}

/** A photo is fetched for a row that is seen, once the conversations are up to date: no unlock waits for faces. */
function RowFace({ face }: { face: FaceOf }) {
  const { session } = useApp();
  const [seen, setSeen] = useState(false);
  const here = useInView<HTMLSpanElement>((inView) => {
    if (inView) setSeen(true);
  });
  const photo = usePhoto(face, seen && session.live.connection.value === "Up to date");
  return (
    <span ref={here}>
      <Face name={face.name} photo={photo} />
    </span>
  );
}

function RowTags({ row }: { row: ListRow }) {
  const text = words().list;
  const tags = [
    row.urgent && (
      <Tag tone="red" icon="bell" key="urgent">
        {words().nav.urgent}, {words().nav.unanswered}
      </Tag>
    ),
    row.kind === "other" && <Tag key="kind">{words().kind.other}</Tag>,
    row.kind === "operational" && (
      <Tag tone="purple" icon="operational" key="kind">
        {words().kind.operational}
      </Tag>
    ),
    row.muted && (
      <Tag icon="mute" key="muted">
        {text.muted}
      </Tag>
    ),
    row.patientLinked && (
      <Tag tone="blue" icon="person" key="patient">
        {text.patient}
      </Tag>
    ),
    row.unsent > 0 && (
      <Tag tone="amber" icon="clock" key="unsent">
        {text.unsent(row.unsent)}
      </Tag>
    ),
    row.decisionsWaiting > 0 && (
      <Tag icon="record" key="waiting">
        {text.waiting(row.decisionsWaiting)}
      </Tag>
    ),
    row.decisionsRefused > 0 && (
      <Tag tone="red" icon="alert" key="refused">
        {text.refused(row.decisionsRefused)}
      </Tag>
    ),
    row.keepingDue && (
      <Tag tone="amber" icon="record" key="keeping">
        {text.keeping}
      </Tag>
    ),
    row.reviewDue && (
      <Tag tone="amber" icon="people" key="review">
        {text.review}
      </Tag>
    ),
  ].filter(Boolean);
  return tags.length === 0 ? null : <span class="list-row__tags">{tags}</span>;
}
