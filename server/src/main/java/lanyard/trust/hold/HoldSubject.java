package lanyard.trust.hold;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Whom or what a hold is on. A room means everything said in it. A person means everything said in any room that they
/// ever were in: what colleagues say to each other about somebody's request is theirs too. A patient means every room
/// that ever was about them; their id is the register's, never an identifier that others know.
///
/// @param from what was said before is not held; empty for from the beginning
/// @param to what was said after is not held; empty for without end
public record HoldSubject(Kind kind, String id, Optional<Instant> from, Optional<Instant> to) {
    private static final int LONGEST_ID = 255;

    /// What holds can be on.
    public enum Kind {
        ROOM,
        PERSON,
        PATIENT;

        /// How it is written down.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Errors: `M_INVALID_PARAM`.
        public static Kind of(String word) {
            for (var kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A hold is on a room, a person or a patient.");
        }
    }

    public HoldSubject {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Say which " + kind.word() + " is to be held.");
        }
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "A hold's first day is not after its last.");
        }
    }

    public static HoldSubject room(RoomId room) {
        return new HoldSubject(Kind.ROOM, room.value(), Optional.empty(), Optional.empty());
    }

    public static HoldSubject person(UserId person) {
        return new HoldSubject(Kind.PERSON, person.value(), Optional.empty(), Optional.empty());
    }

    public static HoldSubject patient(String id) {
        return new HoldSubject(Kind.PATIENT, id, Optional.empty(), Optional.empty());
    }

    /// The same, of what was said from `from` to `to` only.
    public HoldSubject within(Optional<Instant> from, Optional<Instant> to) {
        return new HoldSubject(kind, id, from, to);
    }
}
