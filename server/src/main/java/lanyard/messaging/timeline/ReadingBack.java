package lanyard.messaging.timeline;

import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// Lets somebody who was called in read a little of what was said before they came.
///
/// What could go wrong: somebody lets themselves read what was said without them. So the word for it is a state event
/// of the organisation's, which everybody in the room sees and no client can write; it holds for one stay, and what
/// was said before its moment stays hidden.
public final class ReadingBack {
    private static final String TYPE = "org.lanyard.reads_back";
    private static final String FROM_SEQ = "from_seq";
    private static final String FROM_TS = "from_ts";

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
        return timeline.store()
                .firstSince(commit.tx(), room.head().nid(), ts)
                .map(seq -> Json.object().put(FROM_TS, ts).put(FROM_SEQ, seq));
    }

    /// From when on the person reads in their present stay, where that is before it.
    public static Optional<Long> fromTs(RoomState room, UserId user) {
        return granted(room, user).map(state -> state.content().path(FROM_TS).asLong(Long.MAX_VALUE));
    }

    /// What the person may see of the time before their present stay.
    static Optional<Range> range(RoomState room, UserId user) {
        return granted(room, user)
                .map(state -> new Range(state.content().path(FROM_SEQ).asLong(Long.MAX_VALUE), room.joinedSince(user)));
    }

    private static Optional<StateEvent> granted(RoomState room, UserId user) {
        var creator = room.state(StateKey.of("m.room.create")).map(StateEvent::sender);
        return room.state(key(user))
                .filter(state -> room.isJoined(user) && state.seq() > room.joinedSince(user))
                .filter(state -> creator.filter(state.sender()::equals).isPresent());
    }
}
