package lanyard.trust.hold;

import java.time.Instant;
import lanyard.standards.matrix.UserId;

/// A hold that stands.
public record Hold(HoldId id, HoldSubject subject, String reason, UserId placedBy, Instant placedAt) {}
