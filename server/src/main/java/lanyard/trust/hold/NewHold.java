package lanyard.trust.hold;

import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// What is to be held, for which organisation, by whom and why.
public record NewHold(String organization, HoldSubject subject, UserId by, String reason) {
    public NewHold {
        reason = checked(reason);
    }

    public NewHold(String organization, RoomId room, UserId by, String reason) {
        this(organization, HoldSubject.room(room), by, reason);
    }

    static String checked(String reason) {
        if (reason.isBlank() || reason.length() > 1_000) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Give the reason for the hold, in at most 1000 characters.");
        }
        return reason.strip();
    }
}
