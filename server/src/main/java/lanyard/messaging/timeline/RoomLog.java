package lanyard.messaging.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.platform.stream.Position;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;

/// A room in memory: its state as of the newest committed event and its last few events, rendered. Changed only by the
/// writer's thread, after the commit.
final class RoomLog {
    static final int RECENT = 64;
    /// A busy room is remembered further back, so that a phone that lags behind costs no query.
    private static final int MOST_RECENT = 256;
    private static final long LAG_MS = 60_000;
    static final Set<String> ACTIVITY = Set.of(
            "m.room.create",
            "m.room.message",
            "m.room.encrypted",
            "m.sticker",
            "m.call.invite",
            "m.poll.start",
            "m.beacon_info");

    private volatile RoomState state;
    private final Deque<TimelineEvent> recent = new ArrayDeque<>();
    private final Receipts receipts;
    private final Set<EventId> related;
    private final Map<UserId, Place> lastOwn = new ConcurrentHashMap<>();
    private final Map<UserId, Long> typingUntil = new ConcurrentHashMap<>();
    private volatile long typingVersion;
    private volatile long lastActivity;

    /// `newestFirst` are the room's last events.
    RoomLog(RoomState state, List<TimelineEvent> newestFirst, Marks marks) {
        this.state = state;
        newestFirst.forEach(recent::addFirst);
        newestFirst.reversed().forEach(event -> lastOwn.put(event.sender(), event.place()));
        this.receipts = new Receipts(marks.receipts());
        this.related = new HashSet<>(marks.related());
        this.lastActivity = marks.lastActivity();
    }

    /// What is kept beside a room's events. `related`: those of the last events that others are about.
    /// `lastActivity`: where in the stream somebody last did something that people would look at the room for.
    record Marks(List<Receipt> receipts, Set<EventId> related, long lastActivity) {
        static final Marks NONE = new Marks(List.of(), Set.of(), 1);
    }

    RoomState state() {
        return state;
    }

    Receipts receipts() {
        return receipts;
    }

    void publish(RoomState newState, TimelineEvent event) {
        synchronized (recent) {
            recent.addLast(event);
            while (recent.size() > RECENT && mayGo(recent.getFirst(), event)) {
                related.remove(recent.removeFirst().id());
            }
            Notices.relatesTo(event.pdu())
                    .flatMap(target -> recent.stream()
                            .map(TimelineEvent::id)
                            .filter(id -> id.value().equals(target))
                            .findFirst())
                    .ifPresent(related::add);
            lastOwn.put(event.sender(), event.place());
            if (ACTIVITY.contains(event.type())) {
                lastActivity = event.position().pos();
            }
            state = newState;
        }
    }

    private boolean mayGo(TimelineEvent oldest, TimelineEvent newest) {
        return recent.size() > MOST_RECENT || oldest.timestamp() < newest.timestamp() - LAG_MS;
    }

    /// The remembered events after the one at `seq`, oldest first.
    List<TimelineEvent> after(long seq) {
        synchronized (recent) {
            var news = new ArrayList<TimelineEvent>();
            for (var events = recent.descendingIterator(); events.hasNext(); ) {
                var event = events.next();
                if (event.seq() <= seq) {
                    break;
                }
                news.add(event);
            }
            return news.reversed();
        }
    }

    /// Those of `events` that may have others about them; what memory does not know may.
    List<TimelineEvent> related(List<TimelineEvent> events) {
        synchronized (recent) {
            var first = recent.isEmpty() ? Long.MAX_VALUE : recent.getFirst().seq();
            return events.stream()
                    .filter(event -> event.seq() < first || related.contains(event.id()))
                    .toList();
        }
    }

    void replace(EventId id, TimelineEvent instead) {
        synchronized (recent) {
            var events = new ArrayList<>(recent);
            recent.clear();
            events.forEach(event -> recent.addLast(event.id().equals(id) ? instead : event));
        }
    }

    /// Whether the event is state, or was what a remembered event of state replaced.
    boolean isOfState(EventId id) {
        synchronized (recent) {
            return state.allState().stream().anyMatch(event -> event.id().equals(id))
                    || recent.stream()
                            .filter(TimelineEvent::isState)
                            .anyMatch(event -> event.id().equals(id)
                                    || event.replaced()
                                            .filter(before -> before.id().equals(id))
                                            .isPresent());
        }
    }

    Optional<TimelineEvent> find(EventId id) {
        synchronized (recent) {
            return recent.stream().filter(event -> event.id().equals(id)).findFirst();
        }
    }

    /// The remembered events after `since`, oldest first; empty when memory does not reach back that far.
    Optional<List<TimelineEvent>> since(SyncToken since) {
        synchronized (recent) {
            var news = new ArrayList<TimelineEvent>();
            var events = recent.descendingIterator();
            while (events.hasNext()) {
                var event = events.next();
                if (since.covers(event.position())) {
                    return Optional.of(news.reversed());
                }
                news.add(event);
            }
            return news.isEmpty() || news.getLast().seq() == 1 ? Optional.of(news.reversed()) : Optional.empty();
        }
    }

    /// The last `limit` remembered events at or before `seq`, oldest first; empty when memory does not reach back that
    /// far.
    Optional<List<TimelineEvent>> last(long seq, int limit) {
        synchronized (recent) {
            var events = recent.stream().filter(event -> event.seq() <= seq).toList();
            if (events.size() >= limit) {
                return Optional.of(events.subList(events.size() - limit, events.size()));
            }
            return !events.isEmpty() && events.getFirst().seq() == 1 ? Optional.of(events) : Optional.empty();
        }
    }

    List<TimelineEvent> remembered() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    /// The newest remembered event that the holder of `token` has seen.
    Optional<TimelineEvent> lastCovered(SyncToken token) {
        synchronized (recent) {
            for (var events = recent.descendingIterator(); events.hasNext(); ) {
                var event = events.next();
                if (token.covers(event.position())) {
                    return Optional.of(event);
                }
            }
            return Optional.empty();
        }
    }

    long lastActivity() {
        return lastActivity;
    }

    Position last() {
        return state.last();
    }

    /// How far the person has read, or said something, or was not there yet.
    Place readUpTo(UserId user) {
        var read = receipts.read(user, "").later(lastOwn.getOrDefault(user, Place.START));
        return state.presentStay(user)
                .map(stay -> read.later(new Place(stay.seq(), stay.notices())))
                .orElseGet(state::place);
    }

    /// Noticeable events that the person has neither read nor written: one counter less another.
    long unread(UserId user) {
        return Math.max(0, state.place().notices() - readUpTo(user).notices());
    }

    Map<UserId, Long> typing() {
        return typingUntil;
    }

    long typingVersion() {
        return typingVersion;
    }

    void typingChanged(long version) {
        typingVersion = version;
    }
}
