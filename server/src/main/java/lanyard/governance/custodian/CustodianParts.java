package lanyard.governance.custodian;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.messaging.encryption.Encryption;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;

/// What the custodian stands on.
public record CustodianParts(Ground ground, Audit audit, Timeline timeline, Encryption encryption) {
    /// The technical part of it.
    public record Ground(Database database, Writer writer, KeyStore keys, InstantSource clock, SecureRandom random) {}
}
