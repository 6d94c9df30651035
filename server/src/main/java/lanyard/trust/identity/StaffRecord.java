package lanyard.trust.identity;

import java.time.Instant;
import lanyard.standards.matrix.UserId;

/// Somebody on the organisation's list, as an administrator sees them.
public record StaffRecord(UserId user, String name, Standing standing, boolean ended, Instant createdAt) {}
