package lanyard.messaging.account;

import java.net.URI;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.notify.Wakes;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;

/// What accounts stand on.
public record AccountParts(
        Database database,
        Writer writer,
        Timeline timeline,
        Identity identity,
        Wakes wakes,
        URI publicUrl,
        boolean conformance) {}
