package lanyard.messaging.push;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import lanyard.messaging.timeline.Attention;
import lanyard.messaging.timeline.Attention.Seen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells phones what they have missed while their push service was down, the queue was full or the server was: the
/// newest unread of it, and nothing older than a day. It may tell twice of the last seconds before a crash.
final class PushCatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(PushCatchUp.class);
    private static final Duration OLDEST = Duration.ofDays(1);
    private static final int MOST = 20;
    private static final int MOST_SCANNED = 500;
    private static final int MOST_FAILURES = 3;

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

    /// One phone after the other; those of a push service that does not answer for some wait for the next time.
    void run() {
        var failures = new HashMap<String, Integer>();
        for (var pusher : pushers.all()) {
            if (pushers.progress().isBehind(pusher)
                    && failures.getOrDefault(pusher.service(), 0) < MOST_FAILURES
                    && !catchUp(pusher)) {
                failures.merge(pusher.service(), 1, Integer::sum);
            }
        }
        if (!failures.isEmpty()) {
            LOG.info("{} push services still do not answer", failures.size());
        }
    }

    private boolean catchUp(Pusher pusher) {
        var now = parts.clock().millis();
        var missed = missed(pusher, Math.max(pushers.progress().upTo(pusher), now - OLDEST.toMillis()));
        if (!(pusher.isOurs() ? tellOnce(pusher, missed) : tellEach(pusher, missed))) {
            return false;
        }
        pushers.progress().caughtUp(pusher, now);
        return true;
    }

    /// All that our own phones are told is that there is something.
    private boolean tellOnce(Pusher pusher, List<Seen> missed) {
        var view = pushers.view(pusher);
        var shown = missed.stream()
                .filter(seen -> view.filter(one -> one.shows(seen.room())).isPresent())
                .toList();
        if (shown.isEmpty()) {
            return true;
        }
        return sender.send(pusher, shown.getLast().room(), shown.getLast().event());
    }

    private boolean tellEach(Pusher pusher, List<Seen> missed) {
        return missed.stream().allMatch(seen -> sender.send(pusher, seen.room(), seen.event()));
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
