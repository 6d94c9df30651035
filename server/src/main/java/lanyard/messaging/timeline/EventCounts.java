package lanyard.messaging.timeline;

import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// How much was said in rooms, by whom and when. For cases; it reads no message.
public final class EventCounts {
    private final EventCountStore store = new EventCountStore();

    /// A time in a room: milliseconds since 1970, both included.
    public record Where(RoomId room, long fromTs, long toTs) {}

    /// How many messages somebody sent, hidden and disposed ones too, and when the first and the last.
    public record Said(RoomId room, UserId sender, long messages, long firstTs, long lastTs) {}

    /// A line for each sender and place.
    public List<Said> list(Tx tx, List<Where> where) {
        return store.list(tx, where);
    }
}
