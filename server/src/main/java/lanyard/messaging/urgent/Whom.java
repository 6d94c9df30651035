package lanyard.messaging.urgent;

import java.util.List;
import java.util.Optional;
import lanyard.messaging.oncall.OnCallRole;
import lanyard.standards.matrix.UserId;

/// Who is to be asked.
///
/// @param role when it was a role that was chosen, and not people
/// @param rung those whose phones ring
/// @param quiet those who are off duty and for whom somebody among `rung` covers
record Whom(Optional<OnCallRole> role, List<UserId> rung, List<UserId> quiet) {
    boolean isNobody() {
        return rung.isEmpty();
    }
}
