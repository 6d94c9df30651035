import type { ComponentType, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { VList, type VListHandle, type VListProps } from "virtua";
import { Icon } from "../../components/icon/Icon";
import { words } from "../../i18n/language";
import type { ConversationModel } from "../../model/conversation";
import type { Row } from "../../model/timelineRows";
import type { Over } from "./ConversationScreen";
import { ifItFits, isAtEnd } from "./atEnd";
import { RowView } from "./RowView";

/** virtua is written for React, whose `ref` type is not Preact's. */
const List = VList as unknown as ComponentType<
  Omit<VListProps<Row>, "ref"> & { ref: RefObject<VListHandle> }
>;

/** Older messages are fetched before the person reaches the first. */
const NEAR_START = 600;

interface TimelineProps {
  model: ConversationModel;
  rows: readonly Row[];
  onOver: (over: Over) => void;
}

/**
 * `role="feed"` on the element that scrolls, an article per message. Not a live region: rows come and
 * go while scrolling, and each would be read out. The announcer of the conversation speaks instead.
 */
export function Timeline({ model, rows, onOver }: TimelineProps) {
  const list = useRef<VListHandle>(null);
  const follow = useFollow(list, rows, model);
  const text = words().room;
  return (
    <div class="timeline" onKeyDown={(event) => stepThrough(event, list.current, rows.length)}>
      {model.loadingOlder.value && (
        <p class="timeline__older" role="status">
          {text.older}…
        </p>
      )}
      <List
        ref={list}
        data={rows}
        shift={follow.shift}
        role="feed"
        aria-label={text.feed(model.room.value?.purpose ?? "")}
        aria-busy={model.loadingOlder.value}
        tabIndex={0}
        className="timeline__list"
        onScroll={follow.onScroll}
        onResize={follow.onResize}
      >
        {(row: Row, index: number) => (
          <RowView
            key={row.key}
            row={row}
            position={index + 1}
            of={rows.length}
            model={model}
            onOver={onOver}
          />
        )}
      </List>
      {follow.away && (
        <button
          type="button"
          class="timeline__latest"
          aria-label={text.toLatest}
          onClick={follow.toEnd}
        >
          <Icon name="down" size={22} />
        </button>
      )}
    </div>
  );
}

interface Follow {
  readonly shift: boolean;
  readonly away: boolean;
  onScroll(offset: number): void;
  onResize(): void;
  toEnd(): void;
}

/** Stays at the newest message while the person is there, and in place while older ones come. */
function useFollow(
  list: { current: VListHandle | null },
  rows: readonly Row[],
  model: ConversationModel,
): Follow {
  const atEnd = useRef(true);
  const offsetBefore = useRef(0);
  const firstKey = useRef(rows[0]?.key);
  const [away, setAway] = useState(false);
  const shift =
    firstKey.current !== rows[0]?.key && rows.some((row) => row.key === firstKey.current);
  firstKey.current = rows[0]?.key;
  const count = rows.length;
  const mine = rows.at(-1)?.item.sender.own === true;
  const toEnd = (): void => list.current?.scrollToIndex(count - 1, { align: "end" });

  useEffect(() => {
    const start = rows.findIndex((row) => row.firstNew);
    if (start > 0) {
      atEnd.current = false;
      list.current?.scrollToIndex(start, { align: "start" });
      return ifItFits(
        () => list.current,
        () => {
          atEnd.current = true;
          model.sawLatest();
        },
      );
    }
    toEnd();
    return undefined;
  }, []);
  const opened = useRef(false);
  useEffect(() => {
    // The first time is above; after that my own new message is followed wherever I am.
    if (atEnd.current || (mine && opened.current)) toEnd();
    opened.current = true;
    if (atEnd.current) model.sawLatest();
  }, [count, mine, rows.at(-1)?.key]);

  const target = model.jump.value;
  useEffect(() => {
    const index = rows.findIndex((row) => target !== null && row.item.eventId === target);
    if (index < 0) return;
    model.jump.value = null;
    atEnd.current = false;
    list.current?.scrollToIndex(index, { align: "center" });
    setTimeout(() => focusArticle(index + 1), DRAWN_AFTER_MS);
  }, [target, count]);

  return {
    shift,
    away,
    onScroll: (offset) => {
      const handle = list.current;
      if (handle === null) return;
      // Only a person moves up. A keyboard or a strip makes the list shorter without anybody leaving.
      const movedUp = offset < offsetBefore.current - 1;
      offsetBefore.current = offset;
      if (isAtEnd(handle, offset)) atEnd.current = true;
      else if (movedUp) atEnd.current = false;
      setAway(!atEnd.current);
      if (atEnd.current) model.sawLatest();
      if (offset < NEAR_START) void model.older();
    },
    onResize: () => {
      if (atEnd.current) toEnd();
    },
    toEnd,
  };
}

/** Rows that were far away are drawn a moment after the list has moved. */
const DRAWN_AFTER_MS = 150;

const focusArticle = (position: number): void =>
  document
    .querySelector<HTMLElement>(`article[aria-posinset="${position}"]`)
    ?.focus({ preventScroll: true });

/** Page Up and Page Down go from message to message, as a feed should. */
function stepThrough(event: KeyboardEvent, list: VListHandle | null, count: number): void {
  const step = event.key === "PageDown" ? 1 : event.key === "PageUp" ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement)) return;
  const feed = event.currentTarget as HTMLElement;
  const here = Number(event.target.closest("article")?.getAttribute("aria-posinset") ?? count + 1);
  const next = here + step;
  if (next < 1 || next > count) return;
  event.preventDefault();
  list?.scrollToIndex(next - 1, { align: "nearest" });
  requestAnimationFrame(() =>
    feed.querySelector<HTMLElement>(`article[aria-posinset="${next}"]`)?.focus(),
  );
}
