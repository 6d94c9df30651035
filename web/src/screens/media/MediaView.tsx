import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../components/icon/Icon";
import type { ImageItem, MediaItem } from "../../engine/protocol";
import { mediaWords } from "../../i18n/media";
import { altOf, consentWords, isCovered, MediaViewModel, photoName } from "../../model/mediaView";
import { useModel } from "../app/useApp";
import type { Over } from "../timeline/ConversationScreen";
import type { FileItem } from "./EnclosedView";
import { useEnclosed } from "./useMedia";
import "./Media.scss";

interface MediaProps {
  item: MediaItem;
  roomId: string;
  onOver: (over: Over) => void;
}

export function MediaView({ item, roomId, onOver }: MediaProps) {
  if (item.kind !== "image") return <Enclosed item={item} roomId={roomId} onOver={onOver} />;
  return <Preview item={item} roomId={roomId} onOpen={() => onOver({ is: "picture", item })} />;
}

/** What can be played or opened here is; of anything else it is said that it came. */
function Enclosed({ item, roomId, onOver }: MediaProps & { item: FileItem }) {
  const enclosed = useEnclosed();
  if (!item.voice && !item.pdf) return <p class="message__text">{mediaWords().view.file}</p>;
  return enclosed && <enclosed.EnclosedView item={item} roomId={roomId} onOver={onOver} />;
}

interface PreviewProps {
  item: ImageItem;
  roomId: string;
  onOpen: () => void;
}

function Preview(props: PreviewProps) {
  const { item } = props;
  const [covered, setCovered] = useState(isCovered(item));
  const text = mediaWords().view;
  return (
    <>
      {covered ? (
        <button type="button" class="photo photo--covered" onClick={() => setCovered(false)}>
          <Icon name="hide" size={24} />
          <span>
            {text.covered}. {item.photo?.intimate ? text.intimate : text.child}.
          </span>
          <span class="message__open">{text.show}</span>
        </button>
      ) : (
        <Uncovered {...props} />
      )}
      <p class="photo__facts">
        <strong>{photoName(item)}</strong> {item.photo ? consentWords(item) : text.fromOther}
      </p>
    </>
  );
}

function Uncovered({ item, roomId, onOpen }: PreviewProps) {
  const model = useModel(
    (app) => new MediaViewModel(app, roomId, item.key),
    (made) => void made.load(),
    item.key,
  );
  const text = mediaWords().view;
  const state = model.state.value;
  if (state.is === "failed") {
    return (
      <div class="photo photo--failed" role="alert">
        <p>
          {text.failed} {state.text}
        </p>
        <button type="button" class="message__do" onClick={() => void model.load()}>
          {text.retry}
        </button>
      </div>
    );
  }
  return (
    <button
      type="button"
      class="photo"
      aria-label={text.open(photoName(item))}
      aria-haspopup="dialog"
      disabled={state.is === "loading"}
      onClick={onOpen}
    >
      <Room item={item} />
      {state.is === "shown" && <Still url={state.url} alt={altOf(item)} />}
      {state.is === "loading" && <span class="photo__waiting">{text.loading}…</span>}
    </button>
  );
}

/** Beside other words that say what it is: one that is covered, or has not come, is a sign for it. */
export function SmallPicture({
  item,
  roomId,
  otherwise,
}: {
  item: ImageItem;
  roomId: string;
  otherwise: ComponentChildren;
}) {
  const model = useModel(
    (app) => new MediaViewModel(app, roomId, item.key),
    (made) => (isCovered(item) ? undefined : void made.load()),
    item.key,
  );
  const state = model.state.value;
  return state.is === "shown" ? (
    <img class="photo__small" src={state.url} alt="" draggable={false} />
  ) : (
    otherwise
  );
}

/** As high as the picture will be, so that nothing jumps when it comes. */
function Room({ item }: { item: ImageItem }) {
  const [width, height] = item.width && item.height ? [item.width, item.height] : [4, 3];
  return <svg class="photo__room" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" />;
}

function Still({ url, alt }: { url: string; alt: string }) {
  return (
    <img
      class="photo__still"
      src={url}
      alt={alt}
      draggable={false}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}
