package lanyard.messaging.admin;

import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.http.Exchange;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Person;

/// Who comes in here, and what they ask for.
record AdminDoor(Identity identity) {
    private static final int USUAL = 100;
    private static final int MOST = 500;

    /// Which part of a list is wanted.
    record Page(long from, int limit) {}

    /// Errors: `M_FORBIDDEN` before anything is looked up.
    Caller administrator(Exchange x) {
        var caller = identity.caller(x);
        identity.moderation().requireAdministrator(caller);
        return caller;
    }

    /// A colleague of the administrator's. Errors: `M_NOT_FOUND`.
    Person colleague(Caller caller, String userId) {
        return identity.people()
                .find(new UserId(userId))
                .filter(person -> person.organization().equals(caller.organization()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "User not found"));
    }

    /// A room of the administrator's organisation. Errors: `M_NOT_FOUND`, the same for another's.
    static RoomState room(Caller caller, Timeline timeline, String roomId) {
        return timeline.findRoom(new RoomId(roomId))
                .filter(room -> room.organization().equals(caller.organization()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "Room not found"));
    }

    static Page page(Exchange x) {
        return new Page(number(x, "from", 0), Math.clamp(number(x, "limit", USUAL), 1, MOST));
    }

    static long number(Exchange x, String field, long otherwise) {
        var text = x.query(field).orElse(Long.toString(otherwise));
        if (!text.matches("[0-9]{1,15}")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The parameter " + field + " is a number.");
        }
        return Long.parseLong(text);
    }
}
