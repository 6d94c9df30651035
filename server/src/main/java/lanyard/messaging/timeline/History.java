package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.RelationStore.Sight;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// Reading a room's events: each only by those who may see it.
public final class History {
    private static final int MOST_SCANNED = 1000;
    private static final int FILTERED_PAGE = 100;

    private final Timeline timeline;

    public History(Timeline timeline) {
        this.timeline = timeline;
    }

    /// A part of a room's line of events, in the order asked for. `next` is where to go on: the gap after event `next`.
    public record Page(List<TimelineEvent> events, long next, boolean more) {}

    /// What a sync shows of a room: the newest events after `since`, oldest first; `limited` when some were left out,
    /// which lie before the gap `before`.
    public record News(List<TimelineEvent> events, boolean limited, long before) {}

    /// What a sync is about: whose it is, what they had seen, what they will have seen, and which events they want.
    public record Window(UserId user, SyncToken since, SyncToken upTo, int limit, EventFilter filter) {}

    /// Whether the person came in only after what the answer reaches: then the room comes whole with the next one, and
    /// not in part with both.
    public boolean joinsAfter(RoomState room, Window window) {
        return !window.upTo().covers(room.last()) && gap(room, window.upTo()) < room.joinedSince(window.user());
    }

    /// The newest events that the person may see.
    public News newest(RoomState room, Window window) {
        var end = Math.min(room.seq(), room.lastSeqFor(window.user()));
        var remembered = timeline.getLog(room.id()).last(end, window.limit() + 1);
        if (remembered.isPresent() && window.filter().isOpen()) {
            var seen = visible(room, window, remembered.get());
            if (seen.size() > window.limit() || remembered.get().size() <= window.limit()) {
                return cut(seen, window.limit(), end);
            }
        }
        return stored(room, window, 0);
    }

    /// The newest of the events after `since` that the person may see.
    public News since(RoomState room, Window window) {
        var end = Math.min(room.seq(), room.lastSeqFor(window.user()));
        var log = timeline.getLog(room.id());
        var remembered = log.since(window.since());
        if (!window.filter().asksRelations()) {
            var seen = visible(room, window, remembered.orElseGet(log::remembered));
            // Where memory does not reach back to what was seen, it may still hold more than is asked for.
            if (remembered.isPresent() || seen.size() > window.limit()) {
                return cut(seen, window.limit(), end);
            }
        }
        return stored(room, window, gap(room, window.since()));
    }

    /// The events after the one at `seq` that are in memory, oldest first: the room's newest.
    public List<TimelineEvent> remembered(RoomState room, long seq) {
        return timeline.getLog(room.id()).after(seq).stream()
                .filter(event -> event.seq() <= room.seq())
                .toList();
    }

    /// Up to `most` of the newest events after the one at `seq`, oldest first, from memory where that reaches.
    public List<TimelineEvent> after(RoomState room, long seq, int most) {
        var near = remembered(room, seq);
        return near.size() == room.seq() - seq
                ? near
                : open(
                                room,
                                read(tx -> timeline.store()
                                        .listBack(tx, room.head().nid(), room.seq(), (int)
                                                Math.min(most, room.seq() - seq))))
                        .reversed();
    }

    /// Where in the stream somebody last did something in the room that people would look at it for.
    public long lastActivity(RoomState room) {
        return timeline.getLog(room.id()).lastActivity();
    }

    /// Events that became durable after the sync began wait for the next one.
    private static List<TimelineEvent> visible(RoomState room, Window window, Collection<TimelineEvent> events) {
        return events.stream()
                .filter(event -> window.upTo().covers(event.position()))
                .filter(event -> room.maySee(window.user(), event.seq()))
                .filter(window.filter()::accepts)
                .toList();
    }

    private static News cut(List<TimelineEvent> events, int limit, long end) {
        var shown = events.size() > limit ? events.subList(events.size() - limit, events.size()) : events;
        var before = shown.isEmpty() ? end : shown.getFirst().seq() - 1;
        return new News(shown, events.size() > limit, before);
    }

    private News stored(RoomState room, Window window, long floor) {
        var walk = new Walk(room, window.user(), window.filter(), floor);
        var end = Math.min(room.seq(), room.lastSeqFor(window.user()));
        var page = walkBack(walk, end, window.limit() + 1);
        var events = visible(room, window, page.events().reversed());
        var news = cut(events, window.limit(), end);
        return new News(news.events(), news.limited() || page.more(), news.before());
    }

    private List<TimelineEvent> open(RoomState room, List<EventRecord> stored) {
        return stored.stream().map(event -> timeline.open(room, event)).toList();
    }

    /// Whose way through which room, looking for what; events up to `floor` do not count.
    private record Walk(RoomState room, UserId user, EventFilter filter, long floor) {
        int pageSize(int wanted) {
            return filter.isOpen() ? wanted : Math.max(wanted, FILTERED_PAGE);
        }
    }

    /// Up to `limit` events backwards from the gap `from` (the gap after event `from`). Always makes progress, also
    /// past events that the person may not see.
    public Page back(RoomState room, UserId user, long from, int limit, EventFilter filter) {
        return walkBack(new Walk(room, user, filter, 0), from, limit);
    }

    private Page walkBack(Walk walk, long from, int limit) {
        var room = walk.room();
        var ranges = room.visibleTo(walk.user());
        var events = new ArrayList<TimelineEvent>();
        var next = highest(ranges, Math.min(from, room.lastSeqFor(walk.user())));
        for (var scanned = 0; events.size() < limit && next > walk.floor() && scanned < MOST_SCANNED; ) {
            var at = next;
            var size = walk.pageSize(limit - events.size());
            var page = read(tx -> timeline.store().listBack(tx, room.head().nid(), at, size));
            next = page.isEmpty() ? 0 : page.getLast().placed().seq() - 1;
            for (var event : wanted(walk, page)) {
                if (events.size() < limit && event.seq() > walk.floor()) {
                    events.add(event);
                    next = events.size() == limit ? event.seq() - 1 : next;
                }
            }
            scanned += page.size();
            next = highest(ranges, next);
        }
        return new Page(events, next, next > walk.floor());
    }

    /// The last visible place at or before `seq`; 0 when there is none.
    private static long highest(List<Range> ranges, long seq) {
        return ranges.stream()
                .filter(range -> range.from() <= seq)
                .mapToLong(range -> Math.min(range.to(), seq))
                .max()
                .orElse(0);
    }

    /// Up to `limit` events forwards from the gap `from`.
    public Page forward(RoomState room, UserId user, long from, int limit, EventFilter filter) {
        var walk = new Walk(room, user, filter, from);
        var ranges = room.visibleTo(user);
        var events = new ArrayList<TimelineEvent>();
        var end = highest(ranges, Math.min(room.seq(), room.lastSeqFor(user)));
        var next = from;
        for (var scanned = 0; events.size() < limit && next < end && scanned < MOST_SCANNED; ) {
            var at = lowest(ranges, next + 1) - 1;
            var size = walk.pageSize(limit - events.size());
            var page = read(tx -> timeline.store().listForward(tx, room.head().nid(), at, size));
            next = page.isEmpty() ? end : page.getLast().placed().seq();
            for (var event : wanted(walk, page)) {
                if (events.size() < limit) {
                    events.add(event);
                    next = events.size() == limit ? event.seq() : next;
                }
            }
            scanned += page.size();
        }
        return new Page(events, next, next < end);
    }

    private static long lowest(List<Range> ranges, long seq) {
        return ranges.stream()
                .filter(range -> range.to() >= seq)
                .mapToLong(range -> Math.max(range.from(), seq))
                .min()
                .orElse(seq);
    }

    private List<TimelineEvent> wanted(Walk walk, List<EventRecord> page) {
        var seen = page.stream()
                .filter(event -> walk.room().maySee(walk.user(), event.placed().seq()))
                .map(event -> timeline.open(walk.room(), event))
                .filter(walk.filter()::accepts)
                .toList();
        if (!walk.filter().asksRelations() || seen.isEmpty()) {
            return seen;
        }
        var ids = seen.stream().map(TimelineEvent::id).toList();
        var related = read(
                tx -> timeline.relationStore().listRelatedBy(tx, sight(walk.room(), walk.user()), ids, walk.filter()));
        return seen.stream().filter(event -> related.contains(event.id())).toList();
    }

    private <T> T read(java.util.function.Function<Tx, T> query) {
        return timeline.parts().database().read(query);
    }

    static Sight sight(RoomState room, UserId user) {
        return new Sight(room.head().nid(), room.visibleTo(user));
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
        return read(tx -> timeline.store().listEvents(tx, ids)).stream()
                .filter(event -> event.room() == room.head().nid())
                .map(event -> timeline.open(room, event))
                .toList();
    }

    /// An event as it was sent, even if somebody has hidden it since; what has been disposed of is a stub here too.
    public record Original(long seq, EventId id, ObjectNode pdu, Optional<EventId> redactedBy) {}

    /// Events of the room after `from`, as they were sent, whoever may see them: for disclosure, and to find
    /// which files a room shows.
    public List<Original> originals(RoomState room, long from, int limit) {
        return read(tx -> timeline.store().listForward(tx, room.head().nid(), from, limit)).stream()
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
                room, read(tx -> timeline.store().listRelating(tx, room.head().nid(), ids)));
    }

    /// The room's state as the person may see it: for one who has left, as it was then.
    public Collection<StateEvent> stateFor(RoomState room, UserId user) {
        var seq = room.lastSeqFor(user);
        return seq >= room.seq() ? room.allState() : stateAt(room, seq);
    }

    public Optional<StateEvent> findStateFor(RoomState room, UserId user, StateKey key) {
        return room.lastSeqFor(user) >= room.seq()
                ? room.state(key)
                : stateFor(room, user).stream()
                        .filter(event -> event.type().equals(key.type())
                                && event.stateKey().equals(key.stateKey()))
                        .findFirst();
    }

    /// The room's state just after the event at `seq`.
    public List<StateEvent> stateAt(RoomState room, long seq) {
        return open(
                        room,
                        read(tx -> timeline.store().listStateAt(tx, room.head().nid(), seq)))
                .stream()
                .map(event -> new StateEvent(event.id(), event.seq(), event.pdu()))
                .toList();
    }

    /// The state without members, but for those who sent one of `events`.
    public static List<StateEvent> withMembersOf(Collection<StateEvent> state, Collection<TimelineEvent> events) {
        Set<String> senders =
                events.stream().map(event -> event.sender().value()).collect(Collectors.toCollection(HashSet::new));
        return state.stream()
                .filter(event -> !event.isMember() || senders.contains(event.stateKey()))
                .toList();
    }

    /// The gap that a sync token stands for in this room.
    public long gap(RoomState room, SyncToken token) {
        return timeline.getLog(room.id())
                .lastCovered(token)
                .map(TimelineEvent::seq)
                .orElseGet(() -> oldGap(room, token));
    }

    private long oldGap(RoomState room, SyncToken token) {
        if (token.equals(SyncToken.start(token.incarnation()))) {
            return 0;
        }
        var positions = new long[SyncToken.SLOTS];
        for (var slot = 0; slot < positions.length; slot++) {
            positions[slot] = token.at(slot);
        }
        return read(tx -> timeline.store().lastSeen(tx, room.head().nid(), positions));
    }

    /// The gap that a client's token stands for: a place in the room's history, or one that a sync gave. Errors:
    /// `M_INVALID_PARAM`.
    public long place(RoomState room, String token) {
        if (token.matches("t[0-9]{1,15}")) {
            return Math.min(Long.parseLong(token.substring(1)), room.seq());
        }
        // A sliding connection's place begins with a sync's token.
        return SyncToken.parse(token.replaceFirst("~[0-9]{1,18}$", ""))
                .map(sync -> sync.incarnation()
                                .equals(timeline.parts().writer().visible().incarnation())
                        ? gap(room, sync)
                        : room.seq())
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "That is not a place in this conversation's history."));
    }

    /// The room, if the person is or was in it and has not forgotten it, or if everybody may look in. Errors:
    /// `M_FORBIDDEN`, the same for a room that does not exist.
    public RoomState roomToRead(UserId user, RoomId id) {
        return timeline.findRoom(id)
                .filter(room -> room.isJoined(user)
                        || (room.wasJoined(user)
                                && timeline.memberships().of(user).containsKey(id))
                        || room.isOpenToAll())
                .orElseThrow(Timeline::notInRoom);
    }
}
