package lanyard.governance.retention;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// What the sweep stands on.
///
/// @param lists the directory, outside the database and its backups, where it is written down what went
public record RetentionGround(
        Database database, Writer writer, Audit audit, InstantSource clock, SecureRandom random, Path lists) {
    /// Looking is written down too, as the console's pages do.
    Caller looked(Caller caller, String at) {
        var entry = new AuditEntry("retention.read", caller.user().value(), at, "");
        return writer.write(commit -> {
            audit.record(commit, entry);
            return caller;
        });
    }
}
