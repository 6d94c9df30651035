package lanyard.messaging.encryption;

import java.time.InstantSource;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.notify.Wakes;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;

/// What encryption stands on.
public record EncryptionParts(
        Database database, Writer writer, Timeline timeline, Identity identity, Wakes wakes, InstantSource clock) {}
