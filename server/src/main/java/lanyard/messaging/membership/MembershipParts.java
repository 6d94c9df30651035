package lanyard.messaging.membership;

import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.audit.Audit;
import lanyard.trust.identity.Identity;
import lanyard.trust.policy.Policies;

/// What membership stands on.
public record MembershipParts(
        Database database,
        Writer writer,
        Timeline timeline,
        Rooms rooms,
        AccountData accountData,
        Trust trust,
        InstantSource clock) {
    /// What every action asks first.
    public record Trust(Identity identity, Policies policies, Audit audit) {}

    Identity identity() {
        return trust.identity();
    }

    long now() {
        return clock.millis();
    }
}
