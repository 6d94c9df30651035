package lanyard.trust.identity;

import java.time.Instant;
import java.util.Optional;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// One Matrix session of a person.
///
/// @param signedInAt when two steps were last taken on it
/// @param lastSeenAt to within a few minutes
/// @param handset the phone it runs on, once that is enrolled
/// @param app the other app it is, when it is not ours
/// @param locked reported lost, and not found yet
public record Device(
        UserId user,
        DeviceId id,
        String displayName,
        Optional<String> handset,
        Instant signedInAt,
        Instant lastSeenAt,
        Optional<AppAccess> app,
        boolean locked) {}
