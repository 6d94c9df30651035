package lanyard.messaging.room;

import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// What the organisation knows of a room beyond Matrix: its kind, purpose and owner, and when its membership is
/// reviewed.
/// Times are milliseconds since 1970.
public record Conversation(
        RoomId room, String organization, RoomKind kind, String purpose, UserId owner, long createdTs, long reviewTs) {}
