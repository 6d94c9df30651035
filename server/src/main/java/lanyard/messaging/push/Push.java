package lanyard.messaging.push;

import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.standards.matrix.UserId;

/// What deserves a person's attention. Push rules are kept as account data; counts are made in memory.
public final class Push implements Feature {
    private final PushParts parts;
    private final RuleSets ruleSets;
    private final UnreadCounts counts;
    private final History history;

    public Push(PushParts parts) {
        this.parts = parts;
        this.history = new History(parts.timeline());
        this.ruleSets = new RuleSets(parts.accountData());
        this.counts = new UnreadCounts(ruleSets, parts.marks(), history);
    }

    /// What the person has not seen of the room; `byThread` puts threads apart. Never a statement for each member.
    public Unread unread(RoomState room, UserId user, boolean byThread) {
        return counts.of(room, user, byThread);
    }

    @Override
    public void routes(Routes routes) {
        new RuleEndpoints(parts.accountData(), parts.identity()).addTo(routes);
        new NotificationEndpoints(parts, ruleSets, history).addTo(routes);
        new PusherEndpoints(parts.identity()).addTo(routes);
    }

    @Override
    public PersonalData personalData() {
        return PersonalData.none(
                "push rules are account data, counts are made in memory, and there are no pushers yet");
    }
}
