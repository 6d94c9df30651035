package lanyard.messaging.push;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.sealing.KeyStore;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;

/// What push stands on.
public record PushParts(
        Database database,
        Writer writer,
        Timeline timeline,
        ReadMarks marks,
        AccountData accountData,
        Identity identity,
        InstantSource clock,
        Secrets secrets,
        PushSettings settings) {
    /// Where keys are kept and what they are made of.
    public record Secrets(KeyStore keys, SecureRandom random) {}
}
