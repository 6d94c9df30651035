package lanyard.messaging.oncall;

import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// One person in one role from a moment until another, in milliseconds since 1970.
///
/// @param handedOverBy who held it before and gave it to this person
public record Shift(String role, UserId user, long fromTs, long untilTs, Optional<UserId> handedOverBy) {
    Shift(String role, UserId user, long fromTs, long untilTs) {
        this(role, user, fromTs, untilTs, Optional.empty());
    }

    boolean covers(long ts) {
        return fromTs <= ts && ts < untilTs;
    }

    Shift between(long from, long until) {
        return new Shift(role, user, from, until, handedOverBy);
    }
}
