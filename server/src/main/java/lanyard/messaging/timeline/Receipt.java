package lanyard.messaging.timeline;

import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;

/// How far one person has got in a room, in one way. `seq` and `notices` are those of the event.
public record Receipt(Key key, EventId event, long seq, long notices, long ts, Position position) {
    public static final String READ = "m.read";
    public static final String READ_PRIVATE = "m.read.private";
    /// Ours: a device of the person has fetched the event.
    public static final String DELIVERED = "org.lanyard.delivered";

    /// The thread of everything that stands in none.
    public static final String MAIN = "main";

    /// `thread` is empty for an unthreaded receipt.
    public record Key(UserId user, String kind, String thread) {}

    Place place() {
        return new Place(seq, notices);
    }
}
