package lanyard.messaging.report;

import java.time.InstantSource;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;

/// What reports stand on.
public record ReportParts(
        Database database,
        Writer writer,
        Timeline timeline,
        Identity identity,
        Audit audit,
        KeyStore keys,
        InstantSource clock) {}
