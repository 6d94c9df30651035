package lanyard.messaging.timeline;

import java.util.Set;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Event types with a meaning for the server.
public final class OwnTypes {
    /// What people say. Types that carry no text of theirs (reactions to it, call signalling) may travel in clear.
    private static final Set<String> SAID = Set.of("m.room.message", "m.sticker", "m.poll.start");

    /// How long messages live is the organisation's schedule, never a member's wish.
    /// <https://github.com/matrix-org/matrix-spec-proposals/pull/1763>
    public static final String RETENTION = "m.room.retention";

    private OwnTypes() {}

    /// `org.lanyard.*` says what governance has done: clients do not write it. Errors: `M_FORBIDDEN`.
    public static void check(String type) {
        if (type.startsWith("org.lanyard.") || type.equals(RETENTION)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Only the organisation writes this; use Lanyard's own interface for it.");
        }
        if (type.isEmpty() || type.length() > 255) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "An event type has 1 to 255 characters.");
        }
    }

    static boolean mustBeEncrypted(String type) {
        return SAID.contains(type);
    }
}
