package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import lanyard.messaging.timeline.NoticeStore.Cursor;
import lanyard.messaging.timeline.NoticeStore.Found;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Events that may deserve somebody's attention, from memory where that reaches and beyond it where it does not.
public final class Attention {
    private static final int MOST_READ_BACK = 200;

    private final Timeline timeline;
    private final History history;
    private final NoticeStore store = new NoticeStore();

    public Attention(Timeline timeline) {
        this.timeline = timeline;
        this.history = new History(timeline);
    }

    /// An event and the room it is in, as it now is.
    public record Seen(RoomState room, TimelineEvent event) {}

    /// Up to `limit` of the newest events of others that the reader may see, before the one of the moment `ts`
    /// with the id `event`, the newest first. Three statements at most, whatever the number of rooms in memory.
    public List<Seen> newest(UserId reader, Collection<RoomId> rooms, long ts, String event, int limit) {
        var cursor = new Cursor(ts, event);
        var found = read(tx -> store.listNewest(tx, reader, rooms, cursor, limit));
        Map<EventId, RoomState> states = new HashMap<>();
        found.forEach(one -> states.put(one.event(), timeline.getRoom(one.room())));
        var ids = found.stream().map(Found::event).toList();
        Map<EventId, Seen> seen = new HashMap<>();
        for (var stored : read(tx -> timeline.store().listEvents(tx, ids))) {
            var id = stored.placed().id();
            var room = Objects.requireNonNull(states.get(id));
            seen.put(id, new Seen(room, timeline.open(room, stored)));
        }
        return ids.stream().flatMap(id -> Stream.ofNullable(seen.get(id))).toList();
    }

    private <T> T read(Function<Tx, T> query) {
        return timeline.parts().database().read(query);
    }

    /// The events after `seq` that the room's counter alone would count wrongly, oldest first. Asks the
    /// database only when memory does not reach back that far: once for each reader after a restart, and not
    /// for what is encrypted.
    public List<TimelineEvent> notable(RoomState room, long seq) {
        var near = history.remembered(room, seq);
        if (near.size() >= room.seq() - seq) {
            return near;
        }
        var before = near.isEmpty() ? room.seq() + 1 : near.getFirst().seq();
        var nid = room.head().nid();
        var far = read(tx -> store.listReadable(tx, nid, seq, before, MOST_READ_BACK));
        var opened = far.reversed().stream().map(stored -> timeline.open(room, stored));
        return Stream.concat(opened, near.stream()).toList();
    }
}
