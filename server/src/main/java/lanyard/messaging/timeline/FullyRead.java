package lanyard.messaging.timeline;

import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Keeps where a person has put their read marker in a room, for their own devices.
/// <https://spec.matrix.org/v1.18/client-server-api/#fully-read-markers>
@FunctionalInterface
public interface FullyRead {
    void mark(UserId user, RoomId room, EventId event);
}
