package lanyard.trust.identity;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.sealing.Secrets;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;

/// What identity stands on.
///
/// @param secrets how what people type is kept
public record IdentityGround(
        Database database,
        Writer writer,
        KeyStore keys,
        Audit audit,
        InstantSource clock,
        SecureRandom random,
        Secrets secrets) {

    /// To the microsecond, which is what the database keeps.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
