package lanyard.governance.disclosure;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;

/// What cases stand on.
public record CasesGround(
        Database database, Writer writer, KeyStore keys, Audit audit, InstantSource clock, SecureRandom random) {}
