package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// Reading a room's events: each only by those who may see it.
public final class History {
    private static final int MOST_SCANNED = 1000;

    private final Timeline timeline;

    public History(Timeline timeline) {
        this.timeline = timeline;
    }

    /// A part of a room's line of events, in the order asked for. `next` is where to go on: the gap after event `next`.
    public record Page(List<TimelineEvent> events, long next, boolean more) {}

    /// What a sync shows of a room: the newest events after `since`, oldest first; `limited` when some were left out,
    /// which
    /// lie before the gap `before`.
    public record News(List<TimelineEvent> events, boolean limited, long before) {}

    /// What a sync is about: whose it is, what they had seen, and what they will have seen.
    public record Window(UserId user, SyncToken since, SyncToken upTo, int limit) {}

    /// The newest events that the person may see.
    public News newest(RoomState room, Window window) {
        var log = timeline.getLog(room.id());
        var end = Math.min(room.seq(), room.lastSeqFor(window.user()));
        var events = log.last(end, window.limit() + 1).orElseGet(() -> stored(room, end, window.limit() + 1));
        return cut(visible(room, window, events), window.limit(), events.size() > window.limit());
    }

    /// The newest of the events after `since` that the person may see.
    public News since(RoomState room, Window window) {
        var end = Math.min(room.seq(), room.lastSeqFor(window.user()));
        var events = timeline.getLog(room.id())
                .since(window.since())
                .orElseGet(() -> stored(room, end, window.limit() + 1).stream()
                        .filter(event -> !window.since().covers(event.position()))
                        .toList());
        return cut(visible(room, window, events), window.limit(), events.size() > window.limit());
    }

    /// The events after the one at `seq` that are in memory, oldest first: the room's newest.
    public List<TimelineEvent> remembered(RoomState room, long seq) {
        return timeline.getLog(room.id()).remembered().stream()
                .filter(event -> event.seq() > seq && event.seq() <= room.seq())
                .toList();
    }

    /// Up to `most` of the newest events after the one at `seq`, oldest first, from memory where that reaches.
    public List<TimelineEvent> after(RoomState room, long seq, int most) {
        var near = remembered(room, seq);
        return near.size() == room.seq() - seq
                ? near
                : stored(room, room.seq(), (int) Math.min(most, room.seq() - seq));
    }

    /// Events that became durable after the sync began wait for the next one.
    private static List<TimelineEvent> visible(RoomState room, Window window, Collection<TimelineEvent> events) {
        return events.stream()
                .filter(event -> window.upTo().covers(event.position()))
                .filter(event -> room.maySee(window.user(), event.seq()))
                .toList();
    }

    private static News cut(List<TimelineEvent> events, int limit, boolean more) {
        var shown = events.size() > limit ? events.subList(events.size() - limit, events.size()) : events;
        var before = shown.isEmpty() ? 0 : shown.getFirst().seq() - 1;
        return new News(shown, more || events.size() > limit, before);
    }

    private List<TimelineEvent> visible(RoomState room, UserId user, Collection<TimelineEvent> events) {
        return events.stream().filter(event -> room.maySee(user, event.seq())).toList();
    }

    private List<TimelineEvent> stored(RoomState room, long seq, int limit) {
        return open(
                        room,
                        timeline.parts()
                                .database()
                                .read(tx -> timeline.store()
                                        .listBack(tx, room.head().nid(), seq, limit)))
                .reversed();
    }

    private List<TimelineEvent> open(RoomState room, List<EventRecord> stored) {
        return stored.stream().map(event -> timeline.open(room, event)).toList();
    }

    /// Up to `limit` events backwards from the gap `from` (the gap after event `from`). Always makes progress, also
    /// past
    /// events that the person may not see.
    public Page back(RoomState room, UserId user, long from, int limit) {
        var events = new ArrayList<TimelineEvent>();
        var next = Math.min(from, room.lastSeqFor(user));
        var scanned = 0;
        while (events.size() < limit && next > 0 && scanned < MOST_SCANNED) {
            var at = next;
            var wanted = limit - events.size();
            var page = timeline.parts()
                    .database()
                    .read(tx -> timeline.store().listBack(tx, room.head().nid(), at, wanted));
            events.addAll(visible(room, user, open(room, page)));
            scanned += page.size();
            next = page.isEmpty() ? 0 : page.getLast().placed().seq() - 1;
        }
        return new Page(events, next, next > 0);
    }

    /// Up to `limit` events forwards from the gap `from`.
    public Page forward(RoomState room, UserId user, long from, int limit) {
        var events = new ArrayList<TimelineEvent>();
        var next = from;
        var end = Math.min(room.seq(), room.lastSeqFor(user));
        var scanned = 0;
        while (events.size() < limit && next < end && scanned < MOST_SCANNED) {
            var at = next;
            var wanted = limit - events.size();
            var page = timeline.parts()
                    .database()
                    .read(tx -> timeline.store().listForward(tx, room.head().nid(), at, wanted));
            events.addAll(visible(room, user, open(room, page)));
            scanned += page.size();
            next = page.isEmpty() ? end : page.getLast().placed().seq();
        }
        return new Page(events, next, next < end);
    }

    /// One event, if the person may see it. Errors: `M_NOT_FOUND`, the same for an event that does not exist.
    public TimelineEvent get(RoomState room, UserId user, EventId id) {
        return find(room, id).filter(event -> room.maySee(user, event.seq())).orElseThrow(Sending::notFound);
    }

    private Optional<TimelineEvent> find(RoomState room, EventId id) {
        return timeline.getLog(room.id())
                .find(id)
                .or(() -> list(room, List.of(id)).stream().findFirst());
    }

    /// Events of the room by id, whoever may see them: for governance.
    public List<TimelineEvent> list(RoomState room, List<EventId> ids) {
        return timeline.parts().database().read(tx -> timeline.store().listEvents(tx, ids)).stream()
                .filter(event -> event.room() == room.head().nid())
                .map(event -> timeline.open(room, event))
                .toList();
    }

    /// An event as it was sent, even if somebody has hidden it since; what has been disposed of is a stub here too.
    public record Original(long seq, EventId id, ObjectNode pdu, Optional<EventId> redactedBy) {}

    /// Events of the room after `from`, as they were sent, whoever may see them: for disclosure alone.
    public List<Original> originals(RoomState room, long from, int limit) {
        return timeline
                .parts()
                .database()
                .read(tx -> timeline.store().listForward(tx, room.head().nid(), from, limit))
                .stream()
                .map(stored -> new Original(
                        stored.placed().seq(),
                        stored.placed().id(),
                        timeline.original(stored),
                        Optional.ofNullable(stored.redactedBy())))
                .toList();
    }

    /// Events that relate to one of `ids` by an edit, a reply or another relation that stands outside the encrypted
    /// part.
    public List<TimelineEvent> listRelating(RoomState room, List<EventId> ids) {
        return open(
                room,
                timeline.parts()
                        .database()
                        .read(tx ->
                                timeline.store().listRelating(tx, room.head().nid(), ids)));
    }

    /// The gap that a sync token stands for in this room.
    public long gap(RoomState room, SyncToken token) {
        return timeline.getLog(room.id())
                .lastCovered(token)
                .map(TimelineEvent::seq)
                .orElseGet(() -> oldGap(room, token));
    }

    private long oldGap(RoomState room, SyncToken token) {
        var seq = room.seq();
        while (seq > 0) {
            var at = seq;
            var page = timeline.parts()
                    .database()
                    .read(tx -> timeline.store().listBack(tx, room.head().nid(), at, 200));
            for (var event : page) {
                if (token.covers(event.placed().position())) {
                    return event.placed().seq();
                }
            }
            seq = page.isEmpty() ? 0 : page.getLast().placed().seq() - 1;
        }
        return 0;
    }

    public RoomState roomToRead(UserId user, RoomId id) {
        return timeline.findRoom(id)
                .filter(room -> room.joinedSince(user) > 0 || room.lastSeqFor(user) < room.seq())
                .orElseThrow(Timeline::notInRoom);
    }
}
