package lanyard.messaging.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import lanyard.messaging.timeline.RoomView;
import lanyard.messaging.timeline.Timeline;
import lanyard.standards.matrix.UserId;

/// How many messages somebody has not read in all their rooms. Made for a notification, at most once a second
/// for each person, out of what the rooms in memory count.
final class Badges {
    private record Whose(UserId user, RoomView view) {}

    private final Timeline timeline;
    private final UnreadCounts counts;
    private final Cache<Whose, Long> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Badges(Timeline timeline, UnreadCounts counts) {
        this.timeline = timeline;
        this.counts = counts;
    }

    /// Of the rooms that there are for the app that is told.
    long of(UserId user, RoomView view) {
        return known.get(new Whose(user, view), this::sum);
    }

    private long sum(Whose whose) {
        return timeline.memberships()
                .joined(whose.user())
                .flatMap(id -> timeline.findRoom(id).stream())
                .filter(whose.view()::shows)
                .mapToLong(room -> counts.of(room, whose.user(), false).all().notifications())
                .sum();
    }
}
