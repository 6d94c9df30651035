package lanyard.governance.minimise;

import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.push.Push;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;
import lanyard.trust.policy.Policies;

/// What minimising stands on.
public record MinimiseParts(Ground ground, Trust trust, Told told) {
    public record Ground(Database database, Writer writer, InstantSource clock) {}

    public record Trust(Identity identity, Policies policies, Audit audit) {}

    /// Where conversations are, and how people hear that there is something to look at.
    public record Told(Timeline timeline, AccountData accountData, Push push) {}
}
