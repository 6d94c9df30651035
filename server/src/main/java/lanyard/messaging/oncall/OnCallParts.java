package lanyard.messaging.oncall;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;

/// What on-call roles stand on.
public record OnCallParts(
        Database database,
        Writer writer,
        Identity identity,
        Audit audit,
        AccountData accountData,
        InstantSource clock,
        SecureRandom random) {
    long now() {
        return clock.millis();
    }
}
