package lanyard.trust.handset;

import java.time.Instant;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// A phone that somebody has enrolled.
///
/// @param device the Matrix session on it
/// @param lastSeenAt when it last asked for its share
public record Handset(
        String id,
        UserId user,
        DeviceId device,
        String name,
        String platform,
        Instant enrolledAt,
        Instant lastSeenAt) {}
