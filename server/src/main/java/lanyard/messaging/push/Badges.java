package lanyard.messaging.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import lanyard.messaging.timeline.Timeline;
import lanyard.standards.matrix.UserId;

/// How many messages somebody has not read in all their rooms. Made for a notification, at most once a second
/// for each person, out of what the rooms in memory count.
final class Badges {
    private final Timeline timeline;
    private final UnreadCounts counts;
    private final Cache<UserId, Long> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Badges(Timeline timeline, UnreadCounts counts) {
        this.timeline = timeline;
        this.counts = counts;
    }

    long of(UserId user) {
        return known.get(user, this::sum);
    }

    private long sum(UserId user) {
        return timeline.memberships()
                .joined(user)
                .flatMap(id -> timeline.findRoom(id).stream())
                .mapToLong(room -> counts.of(room, user, false).all().notifications())
                .sum();
    }
}
