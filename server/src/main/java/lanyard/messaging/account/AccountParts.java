package lanyard.messaging.account;

import java.security.SecureRandom;
import java.time.InstantSource;
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
        AccountSettings settings,
        Given given) {
    /// What is asked for rather than looked up.
    public record Given(InstantSource clock, SecureRandom random) {}

    boolean conformance() {
        return settings.conformance();
    }
}
