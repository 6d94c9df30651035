package lanyard.messaging.push;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lanyard.messaging.timeline.Attention;
import lanyard.messaging.timeline.Attention.Seen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells phones what they have missed while their gateway was down, the queue was full or the server was: the
/// newest unread of it, and nothing older than a day. It may tell twice of the last seconds before a crash.
final class PushCatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(PushCatchUp.class);
    private static final Duration OLDEST = Duration.ofDays(1);
    private static final int MOST = 20;
    private static final int MOST_SCANNED = 500;

    private final PushParts parts;
    private final Pushers pushers;
    private final RuleSets ruleSets;
    private final PushSender sender;
    private final Attention attention;

    PushCatchUp(PushParts parts, Pushers pushers, RuleSets ruleSets, PushSender sender) {
        this.parts = parts;
        this.pushers = pushers;
        this.ruleSets = ruleSets;
        this.sender = sender;
        this.attention = new Attention(parts.timeline());
    }

    /// One phone after the other, until one's gateway does not answer: then those behind it wait for the next
    /// time.
    void run() {
        for (var pusher : pushers.all()) {
            if (pushers.progress().isBehind(pusher) && !catchUp(pusher)) {
                LOG.info("a push gateway still does not answer");
                return;
            }
        }
    }

    private boolean catchUp(Pusher pusher) {
        var now = parts.clock().millis();
        for (var seen : missed(pusher, Math.max(pushers.progress().upTo(pusher), now - OLDEST.toMillis()))) {
            if (!sender.send(pusher, seen.room(), seen.event())) {
                return false;
            }
        }
        pushers.progress().caughtUp(pusher, now);
        return true;
    }

    /// The oldest first.
    private List<Seen> missed(Pusher pusher, long after) {
        var user = pusher.user();
        var rules = ruleSets.of(user);
        var rooms = parts.timeline().memberships().joined(user).toList();
        var missed = new ArrayList<Seen>();
        for (var seen : attention.newest(user, rooms, Long.MAX_VALUE, "", MOST_SCANNED)) {
            if (seen.event().timestamp() <= after || missed.size() == MOST) {
                break;
            }
            var read = parts.marks().readUpTo(seen.room().id(), user).seq()
                    >= seen.event().seq();
            if (!read
                    && seen.room().maySee(user, seen.event().seq())
                    && rules.matching(seen.event(), seen.room(), user)
                            .filter(Rules.Rule::notifies)
                            .isPresent()) {
                missed.add(seen);
            }
        }
        return missed.reversed();
    }
}
