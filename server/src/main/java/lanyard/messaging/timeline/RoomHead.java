package lanyard.messaging.timeline;

import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Where a room's line of events ends. `seq` counts its events, `notices` those that count as unread; `event` is null
/// before the first.
record RoomHead(
        long nid,
        RoomId id,
        RoomVersion version,
        String organization,
        long seq,
        @Nullable EventId event,
        long notices,
        Position last) {
    RoomHead next(EventId id, boolean notice, Position position) {
        return new RoomHead(nid, this.id, version, organization, seq + 1, id, notices + (notice ? 1 : 0), position);
    }
}
