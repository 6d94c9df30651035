package lanyard.messaging.timeline;

import java.time.InstantSource;
import lanyard.platform.db.Database;
import lanyard.platform.notify.Wakes;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;

/// What the timeline stands on.
public record TimelineParts(Database database, Writer writer, KeyStore keys, Wakes wakes, InstantSource clock) {}
