package lanyard.trust.identity;

import java.time.Instant;
import java.util.Optional;
import lanyard.standards.matrix.UserId;

/// Somebody the organisation vouches for. Fields the organisation does not know are empty strings.
///
/// @param reachable has signed a device as theirs, so that an encrypted message can arrive
public record Person(
        UserId id,
        String organization,
        String displayName,
        String role,
        String ward,
        String professionalBody,
        String registration,
        boolean reachable,
        Employer employer,
        String bleep,
        Confirmed confirmed) {

    /// Until when the organisation vouches for them, where it has said so, and when it last did.
    public record Confirmed(Optional<Instant> until, Instant last) {}

    /// Works for somebody else than the organisation.
    public boolean isOutsider() {
        return employer.isOther(organization);
    }
}
