package lanyard.messaging.membership;

import java.util.Optional;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// One membership: who added whom, when, why and how.
///
/// @param ward by whose rule, where it was by a ward's
/// @param untilTs when it ends by itself
/// @param sponsor who answers for somebody of another employer
record MemberRow(
        RoomId room,
        UserId user,
        UserId addedBy,
        long addedTs,
        String reason,
        Way way,
        String ward,
        Optional<Long> untilTs,
        Optional<UserId> sponsor) {
    static MemberRow plain(RoomId room, UserId user, UserId by, long ts, String reason) {
        return new MemberRow(room, user, by, ts, reason, Way.ONE, "", Optional.empty(), Optional.empty());
    }
}
