package lanyard.trust.hold;

import java.time.Instant;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// A hold that stands on a room.
public record Hold(HoldId id, RoomId room, String reason, UserId placedBy, Instant placedAt) {}
