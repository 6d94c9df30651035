import { useRef, useState } from "preact/hooks";
import { Button, IconButton } from "../../components/button/Button";
import { FailedState, Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { Waiting } from "../../components/waiting/Waiting";
import { mediaWords } from "../../i18n/media";
import type { ImageItem } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import {
  altOf,
  consentWords,
  MediaViewModel,
  photoName,
  stamp,
  takenAt,
} from "../../model/mediaView";
import { useApp, useModel } from "../app/useApp";
import type { Over } from "../timeline/ConversationScreen";
import { ForTheRecord } from "./ForTheRecord";
import "./Media.scss";

interface ViewerProps {
  item: ImageItem;
  model: ConversationModel;
  onOver: (over: Over) => void;
  onClose: () => void;
}

/** One picture, large. It goes nowhere from here, and bears the name of whoever looks at it. */
export function ViewerSheet({ item: opened, model, onOver, onClose }: ViewerProps) {
  // What became of it since the sheet was opened.
  const known = model.items.value.find((one) => one.key === opened.key);
  const item = known?.kind === "image" ? known : opened;
  const media = useModel(
    (app) => new MediaViewModel(app, model.roomId, item.key),
    (made) => void made.load(),
    item.key,
  );
  const text = mediaWords().view;
  const state = media.state.value;
  return (
    <Sheet title={photoName(item)} size="full" onClose={onClose}>
      {state.is === "loading" && <Waiting label={text.loading} rows={1} shape="card" />}
      {state.is === "failed" && (
        <FailedState title={text.failed} text={state.text} onRetry={() => void media.load()} />
      )}
      {state.is === "shown" && <Zoom url={state.url} item={item} />}
      <Facts item={item} />
      <ForTheRecord item={item} model={model} onOver={onOver} />
      <Note icon="info">
        <p>{text.warn}</p>
      </Note>
      {item.sender.own && <Remove item={item} model={model} onClose={onClose} />}
    </Sheet>
  );
}

const CLOSEST = 4;
const STEP = 0.5;

function Zoom({ url, item }: { url: string; item: ImageItem }) {
  const { session, surroundings } = useApp();
  const [zoom, setZoom] = useState(1);
  const pinch = usePinch(zoom, setZoom);
  const text = mediaWords().view;
  const [looked] = useState(() => surroundings.now());
  const name = session.live.me.value?.displayName ?? "";
  const to = (wanted: number): void => setZoom(Math.min(CLOSEST, Math.max(1, wanted)));
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="zoom" tabIndex={0} role="group" aria-label={text.area} {...pinch}>
        <div class="zoom__all" style={{ width: `${zoom * 100}%` }}>
          <img
            class="zoom__picture"
            src={url}
            alt={altOf(item)}
            draggable={false}
            onContextMenu={(event) => event.preventDefault()}
          />
          <Stamp words={stamp(name, looked)} />
        </div>
      </div>
      <div class="media-row zoom__buttons">
        <IconButton icon="minus" label={text.further} onPress={() => to(zoom - STEP)} />
        <span role="status">{text.zoom(Math.round(zoom * 100))}</span>
        <IconButton icon="plus" label={text.closer} onPress={() => to(zoom + STEP)} />
        <Button small look="quiet" onPress={() => to(1)}>
          {text.fit}
        </Button>
      </div>
    </>
  );
}

const LINES = Array.from({ length: 24 }, (_, line) => line);

/** In every part of it, light and dark, so that a cut-out still says whose screen it was. */
function Stamp({ words }: { words: string }) {
  return (
    <svg class="zoom__stamp" aria-hidden="true">
      {LINES.map((line) => (
        <text key={line} x={line % 2 === 0 ? 8 : -60} y={60 + line * 60} transform="rotate(-8)">
          {`${words}     ${words}     ${words}     ${words}`}
        </text>
      ))}
    </svg>
  );
}

/** Two fingers; the buttons do the same. */
function usePinch(zoom: number, setZoom: (zoom: number) => void) {
  const from = useRef<{ distance: number; zoom: number } | null>(null);
  const distance = ({ touches: [a, b] }: TouchEvent): number | null =>
    a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : null;
  return {
    onTouchStart: (event: TouchEvent): void => {
      const apart = distance(event);
      from.current = apart === null ? null : { distance: apart, zoom };
    },
    onTouchMove: (event: TouchEvent): void => {
      const apart = distance(event);
      if (apart === null || from.current === null) return;
      event.preventDefault();
      const wanted = (from.current.zoom * apart) / from.current.distance;
      setZoom(Math.min(CLOSEST, Math.max(1, wanted)));
    },
  };
}

function Facts({ item }: { item: ImageItem }) {
  const text = mediaWords().view;
  const { photo } = item;
  const facts: [string, string][] = [
    [text.from, item.sender.name],
    [text.taken, takenAt(item)],
  ];
  const shows = [photo?.intimate && text.intimate, photo?.child && text.child].filter(Boolean);
  return (
    <>
      <dl class="photo__list">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="photo__facts">
        {[
          consentWords(item),
          photo?.decidedBy ? text.decidedBy(photo.decidedBy) : "",
          ...shows,
          photo ? text.directCare : text.fromOther,
        ]
          .filter(Boolean)
          .join(". ")}
        .
      </p>
    </>
  );
}

function Remove({ item, model, onClose }: Omit<ViewerProps, "onOver">) {
  const [busy, setBusy] = useState(false);
  const text = mediaWords().view;
  const remove = async (): Promise<void> => {
    setBusy(true);
    await model.undo(item);
    onClose();
  };
  return (
    <div class="photo__remove">
      <Button look="danger" icon="bin" busy={busy && text.removing} onPress={() => void remove()}>
        {text.remove}
      </Button>
      <p class="media-hint">{text.removeHint}</p>
    </div>
  );
}
