package lanyard.messaging.push;

import java.time.Duration;
import lanyard.messaging.timeline.Attention;
import lanyard.messaging.timeline.History;
import lanyard.messaging.timeline.RoomState;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.standards.matrix.UserId;

/// What deserves a person's attention. Push rules are kept as account data; counts are made in memory; owns the tables
/// `pusher` and `web_push_key`.
public final class Push implements Feature, AutoCloseable {
    private final PushParts parts;
    private final RuleSets ruleSets;
    private final UnreadCounts counts;
    private final History history;
    private final Attention attention;
    private final Pushers pushers;
    private final WebPushHosts hosts;
    private final VapidKeys keys;
    private final PushSender sender;
    private final PushCatchUp catchUp;

    public Push(PushParts parts) {
        this.parts = parts;
        this.history = new History(parts.timeline());
        this.attention = new Attention(parts.timeline());
        this.ruleSets = new RuleSets(parts.accountData());
        this.counts = new UnreadCounts(ruleSets, parts.marks(), history, attention);
        this.pushers = new Pushers(parts);
        this.hosts = new WebPushHosts(parts.settings().hosts());
        this.keys = new VapidKeys(parts);
        this.sender = new PushSender(
                pushers, ruleSets, new Badges(parts.timeline(), counts), new WebPush(parts.settings(), hosts, keys));
        this.catchUp = new PushCatchUp(parts, pushers, ruleSets, sender);
        parts.timeline().onEvent(sender::happened);
        parts.identity()
                .newDevices()
                .whenAdded((commit, added) -> commit.afterCommit(() -> sender.signedIn(added.user(), added.device())));
    }

    /// What the person has not seen of the room; `byThread` puts threads apart. Never a statement for each member.
    public Unread unread(RoomState room, UserId user, boolean byThread) {
        return counts.of(room, user, byThread);
    }

    /// Tells the person's own phones at once, whatever they have muted: that there is something urgent, or only that
    /// something has come. Promises nothing.
    public void alert(UserId user, boolean urgent) {
        sender.alert(user, urgent ? Alert.URGENT : Alert.MESSAGE);
    }

    @Override
    public void routes(Routes routes) {
        new RuleEndpoints(parts.accountData(), parts.identity()).addTo(routes);
        new NotificationEndpoints(parts, ruleSets, attention).addTo(routes);
        new PusherEndpoints(parts, pushers).addTo(routes);
        new WebPushEndpoints(parts, pushers, hosts, keys).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("push-progress", Duration.ofSeconds(15), pushers::saveProgress);
        jobs.every("push-catch-up", Duration.ofSeconds(5), catchUp::run);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "The addresses at which a person's phones are told that something has come.",
                "The pushers and subscriptions as the phones gave them.",
                "With the device that gave them.");
    }

    @Override
    public void close() {
        sender.close();
        pushers.saveProgress();
    }
}
