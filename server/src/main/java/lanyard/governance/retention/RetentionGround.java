package lanyard.governance.retention;

import java.time.InstantSource;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;

/// What the sweep stands on.
public record RetentionGround(Database database, Writer writer, Audit audit, InstantSource clock) {}
