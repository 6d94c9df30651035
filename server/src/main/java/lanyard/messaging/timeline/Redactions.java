package lanyard.messaging.timeline;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;

/// Whose events a person may redact.
final class Redactions {
    private Redactions() {}

    /// <https://spec.matrix.org/v1.18/rooms/v11/#handling-redactions>: one's own events, or anybody's with the power to
    /// redact. The create event carries the room and is never redacted here.
    static void check(RoomState room, UserId sender, TimelineEvent target) {
        if (target.type().equals("m.room.create")) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "The event that made the conversation cannot be removed.");
        }
        if (!target.sender().equals(sender) && !canRedact(room, sender)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "You can only remove your own messages in this conversation.");
        }
    }

    private static boolean canRedact(RoomState room, UserId sender) {
        var levels = PowerLevels.of(room.version(), room);
        return levels.user(sender.value()) >= levels.redact();
    }
}
