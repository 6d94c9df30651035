package lanyard.messaging.timeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// Lets somebody who was called in read a little of what was said before they came.
///
/// What could go wrong: somebody lets themselves read what was said without them. So the word for it is a state event
/// of the organisation's, which everybody in the room sees and no client can write; it holds for one stay, and what
/// was said before its moment stays hidden, but for the note that was pinned when they came.
public final class ReadingBack {
    private static final String TYPE = "org.lanyard.reads_back";
    private static final String FROM_SEQ = "from_seq";
    private static final String FROM_TS = "from_ts";
    private static final String NOTE = "event_id";
    private static final String NOTE_SEQ = "event_seq";
    private static final StateKey PINNED = StateKey.of("m.room.pinned_events");

    private final Timeline timeline;

    public ReadingBack(Timeline timeline) {
        this.timeline = timeline;
    }

    /// The state of one person. Matrix keeps keys that begin with `@` for their own persons.
    public static StateKey key(UserId user) {
        return new StateKey(TYPE, user.value().substring(1));
    }

    /// What that state says; empty when nothing was said since then.
    public Optional<ObjectNode> from(Commit commit, RoomId id, long ts) {
        var room = timeline.getRoom(commit, id);
        var first = timeline.store().firstSince(commit.tx(), room.head().nid(), ts);
        var from = first.orElse(room.seq() + 1);
        var note = pinned(commit, room).filter(event -> event.seq() < from);
        if (first.isEmpty() && note.isEmpty()) {
            return Optional.empty();
        }
        var said = Json.object().put(FROM_TS, ts).put(FROM_SEQ, from);
        note.ifPresent(event -> said.put(NOTE, event.id().value()).put(NOTE_SEQ, event.seq()));
        return Optional.of(said);
    }

    /// What is said to whoever comes, such as the note of a handover: the newest message that is pinned.
    private Optional<StoredEvent> pinned(Commit commit, RoomState room) {
        return room.state(PINNED)
                .map(state -> state.content().path("pinned"))
                .filter(list -> list.isArray() && !list.isEmpty())
                .map(list -> list.get(list.size() - 1).asString(""))
                .filter(EventId::isValid)
                .flatMap(note -> new StoredEvents(timeline).find(commit.tx(), room, new EventId(note)))
                .filter(event -> !event.isState() && !event.isRedacted());
    }

    /// The note of an earlier time that the person may read in their present stay.
    public static Optional<EventId> note(RoomState room, UserId user) {
        return granted(room, user)
                .map(state -> state.content().path(NOTE).asString(""))
                .filter(EventId::isValid)
                .map(EventId::new);
    }

    /// From when on the person reads in their present stay, where that is before it.
    public static Optional<Long> fromTs(RoomState room, UserId user) {
        return granted(room, user).map(state -> state.content().path(FROM_TS).asLong(Long.MAX_VALUE));
    }

    /// What the person may see of the time before their present stay.
    static List<Range> ranges(RoomState room, UserId user) {
        return granted(room, user).stream()
                .map(StateEvent::content)
                .flatMap(said -> {
                    var note = said.path(NOTE_SEQ).asLong(Long.MAX_VALUE);
                    return Stream.of(
                            new Range(said.path(FROM_SEQ).asLong(Long.MAX_VALUE), room.joinedSince(user)),
                            new Range(note, note));
                })
                .toList();
    }

    private static Optional<StateEvent> granted(RoomState room, UserId user) {
        var creator = room.state(StateKey.of("m.room.create")).map(StateEvent::sender);
        return room.state(key(user))
                .filter(state -> room.isJoined(user) && state.seq() > room.joinedSince(user))
                .filter(state -> creator.filter(state.sender()::equals).isPresent());
    }
}
