package lanyard.trust.handset;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// A phone that somebody has enrolled.
///
/// @param device the Matrix session on it
/// @param lastSeenAt when it last asked for its share
/// @param policyVersion the policy its person accepted on it
/// @param offlineUntil until when it may open without asking, when that is allowed
public record Handset(
        String id,
        UserId user,
        DeviceId device,
        String name,
        String platform,
        Instant enrolledAt,
        Instant lastSeenAt,
        String policyVersion,
        Owner owner,
        Optional<Instant> offlineUntil) {

    /// Whose property it is, as its person says.
    public enum Owner {
        OWN,
        TRUST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
