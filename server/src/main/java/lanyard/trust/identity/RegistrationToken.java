package lanyard.trust.identity;

import java.time.Instant;
import java.util.Optional;

/// What lets people register, as often and as long as it says.
///
/// @param usesAllowed empty for any number
/// @param completed how many have registered with it
public record RegistrationToken(String token, Optional<Long> usesAllowed, long completed, Optional<Instant> expires) {
    public boolean isValid(Instant now) {
        return usesAllowed.filter(allowed -> completed >= allowed).isEmpty()
                && expires.filter(end -> !end.isAfter(now)).isEmpty();
    }

    RegistrationToken usedOnceMore() {
        return new RegistrationToken(token, usesAllowed, completed + 1, expires);
    }

    @Override
    public String toString() {
        return "RegistrationToken[hidden]";
    }
}
