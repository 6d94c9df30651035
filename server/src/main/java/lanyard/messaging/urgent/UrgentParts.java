package lanyard.messaging.urgent;

import java.security.SecureRandom;
import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.membership.Membership;
import lanyard.messaging.oncall.OnCall;
import lanyard.messaging.push.Push;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Writer;
import lanyard.trust.identity.Identity;
import lanyard.trust.policy.Policies;

/// What urgent messages stand on.
public record UrgentParts(Ground ground, Conversations conversations, Others others) {
    public record Ground(Database database, Writer writer, InstantSource clock, SecureRandom random) {}

    public record Conversations(Timeline timeline, ReadMarks marks, Rooms rooms, Membership membership) {}

    public record Others(Identity identity, Policies policies, OnCall onCall, AccountData accountData, Push push) {}

    long now() {
        return ground.clock().millis();
    }
}
