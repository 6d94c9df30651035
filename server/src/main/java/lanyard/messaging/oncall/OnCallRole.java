package lanyard.messaging.oncall;

import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// A role that somebody should hold at every hour: *medical registrar on call*.
///
/// @param ward empty for a role of the whole organisation
/// @param escalatesTo the role that is asked when nobody in this one answers
/// @param lead who is told when nobody answers at all
public record OnCallRole(
        String id, String organization, String name, String ward, Optional<String> escalatesTo, Optional<UserId> lead) {
    private static final int LONGEST = 80;

    /// What may be said of a role, by those who keep the rota.
    record Wanted(String name, String ward, Optional<String> escalatesTo, Optional<UserId> lead) {
        boolean isNamed() {
            return !name.isEmpty() && name.length() <= LONGEST && ward.length() <= LONGEST;
        }
    }

    static OnCallRole of(String id, String organization, Wanted wanted) {
        return new OnCallRole(id, organization, wanted.name(), wanted.ward(), wanted.escalatesTo(), wanted.lead());
    }
}
