import { useState } from "preact/hooks";
import { ErrorSummary } from "../../components/form/ErrorSummary";
import { Icon } from "../../components/icon/Icon";
import { Note } from "../../components/notice/Notice";
import { Sheet } from "../../components/sheet/Sheet";
import { everydayWords } from "../../i18n/everyday";
import { words } from "../../i18n/language";
import type { SaidItem, RoomSummary } from "../../engine/protocol";
import type { ConversationModel } from "../../model/conversation";
import { destinations, type Destination } from "../../model/forwarding";
import { attempt, problemText } from "../../model/problem";
import { useApp } from "../app/useApp";

/** Where it may go, and of the others why not. Nothing is sent before the server has said yes. */
export function ForwardSheet({
  item,
  model,
  onClose,
}: {
  item: SaidItem;
  model: ConversationModel;
  onClose: () => void;
}) {
  const { session, surroundings } = useApp();
  const text = everydayWords();
  const [txnId] = useState(() => surroundings.newId());
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const from = model.room.value;
  const all = from
    ? destinations(from, session.live.rooms.value, item, session.live.policy.value)
    : [];
  const may = all.filter((one) => one.whyNot === null);
  const not = all.filter((one) => one.whyNot !== null);
  const forward = async (to: RoomSummary): Promise<void> => {
    if (busy || item.eventId === null) return;
    setBusy(true);
    const outcome = await attempt(session, "forward", {
      fromRoomId: model.roomId,
      eventId: item.eventId,
      toRoomId: to.id,
      txnId: `${txnId}-${to.id}`,
      text: item.text,
    });
    setBusy(false);
    if (!outcome.ok) {
      setProblem(problemText(outcome.problem));
      return;
    }
    model.note.value = text.forwardDone(to.purpose);
    onClose();
  };
  return (
    <Sheet title={text.forwardTitle} onClose={onClose}>
      {problem !== null && <ErrorSummary errors={[{ field: "forward", text: problem }]} />}
      <blockquote class="quote">
        <p class="quote__text">{item.text}</p>
      </blockquote>
      {item.kind === "image" && may.length > 0 && (
        <Note icon="camera">
          <p>{text.forwardPicture}</p>
        </Note>
      )}
      {item.kind === "file" && item.voice && may.length > 0 && (
        <Note icon="info">
          <p>{text.forwardVoice}</p>
        </Note>
      )}
      <p class={busy && item.kind !== "message" ? "waiting__slow" : "hidden"} role="status">
        {busy && text.forwarding}
      </p>
      {all.length === 0 && <p>{text.forwardNone}</p>}
      <ul class="actions" id="forward" tabIndex={-1}>
        {may.map(({ room }) => (
          <li key={room.id}>
            <button type="button" class="action" onClick={() => void forward(room)}>
              <Place room={room} />
            </button>
          </li>
        ))}
      </ul>
      {not.length > 0 && <NotThere places={not} />}
    </Sheet>
  );
}

function Place({ room, why }: { room: RoomSummary; why?: string }) {
  const kind = words().kind[room.kind];
  return (
    <>
      <Icon name={room.kind} size={24} />
      <span>
        <span class="action__label">{room.purpose}</span>
        <span class="action__hint">
          {kind} · {why ?? words().people(room.headCount)}
        </span>
      </span>
    </>
  );
}

function NotThere({ places }: { places: readonly Destination[] }) {
  const text = everydayWords();
  return (
    <section>
      <h3 class="who__title">{text.forwardNot}</h3>
      <ul class="actions">
        {places.map(({ room, whyNot }) => (
          <li key={room.id} class="action action--not">
            <Place room={room} why={whyNot === null ? "" : text.whyNot[whyNot]} />
          </li>
        ))}
      </ul>
    </section>
  );
}
