package lanyard.messaging.sync;

import java.time.InstantSource;
import lanyard.messaging.account.AccountData;
import lanyard.messaging.account.Filters;
import lanyard.messaging.encryption.Encryption;
import lanyard.messaging.push.Push;
import lanyard.messaging.timeline.Bundles;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.Typing;
import lanyard.platform.notify.Wakes;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import lanyard.trust.policy.Policies;

/// What sync gathers from.
public record SyncParts(
        Timeline timeline,
        ReadMarks marks,
        Push push,
        Typing typing,
        AccountData accountData,
        Filters filters,
        Encryption encryption,
        Identity identity,
        Policies policies,
        Clockwork clockwork) {
    /// What moves syncs on.
    public record Clockwork(Writer writer, Wakes wakes, InstantSource clock) {}

    Writer writer() {
        return clockwork.writer();
    }

    Wakes wakes() {
        return clockwork.wakes();
    }

    InstantSource clock() {
        return clockwork.clock();
    }

    History history() {
        return new History(timeline);
    }

    Bundles bundles() {
        return new Bundles(timeline);
    }

    /// The organisation's service user and the records custodian are members, but not people.
    boolean isService(UserId user) {
        return identity.organizations()
                .find(user.server())
                .filter(organization ->
                        user.equals(organization.serviceUser()) || user.equals(organization.custodian()))
                .isPresent();
    }
}
