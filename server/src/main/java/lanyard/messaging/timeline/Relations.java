package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.History.Page;
import lanyard.messaging.timeline.RelationStore.Ask;
import lanyard.messaging.timeline.RelationStore.Found;
import lanyard.standards.matrix.UserId;

/// Finding events by what they are about and by when they were sent. What the reader may not see is not there.
final class Relations {
    private final Timeline timeline;

    Relations(Timeline timeline) {
        this.timeline = timeline;
    }

    /// Relating events in the order asked for.
    Page list(RoomState room, UserId user, Ask ask, int limit) {
        var found = timeline.parts()
                .database()
                .read(tx -> timeline.relationStore().listRelations(tx, History.sight(room, user), ask, limit + 1));
        var events = found.stream()
                .limit(limit)
                .map(stored -> timeline.open(room, stored))
                .toList();
        var last = events.isEmpty() ? ask.from() : events.getLast().seq();
        return new Page(events, ask.back() && !events.isEmpty() ? last - 1 : last, found.size() > limit);
    }

    /// The roots of threads, those with the newest events first.
    Page listThreads(RoomState room, UserId user, boolean participated, long from, int limit) {
        return timeline.parts().database().read(tx -> {
            var sight = History.sight(room, user);
            var threads = timeline.relationStore().listThreads(tx, sight, participated ? user : null, from, limit + 1);
            var shown = threads.subList(0, Math.min(limit, threads.size()));
            var ids = shown.stream().map(RelationStore.Strand::root).toList();
            var roots = timeline.store().listEventsNamed(tx, ids).stream()
                    .filter(stored -> stored.room() == room.head().nid()
                            && room.maySee(user, stored.placed().seq()))
                    .map(stored -> timeline.open(room, stored))
                    .collect(Collectors.toMap(event -> event.id().value(), Function.identity()));
            var events = new ArrayList<TimelineEvent>();
            ids.forEach(id -> Optional.ofNullable(roots.get(id)).ifPresent(events::add));
            return new Page(events, shown.isEmpty() ? 0 : shown.getLast().newest() - 1, threads.size() > limit);
        });
    }

    /// The visible event nearest to a moment, at or after it, or with `back` at or before it. The clock rises with the
    /// room's line of events, so a few looks into the line find the place.
    Optional<Found> findNear(RoomState room, UserId user, long timestamp, boolean back) {
        return timeline.parts().database().read(tx -> {
            long low = 1;
            long high = room.seq() + 1;
            while (low < high) {
                var middle = (low + high) / 2;
                var ts = timeline.relationStore().timestampAt(tx, room.head().nid(), middle);
                if (back ? ts > timestamp : ts >= timestamp) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return timeline.relationStore().findNear(tx, History.sight(room, user), back ? low - 1 : low, back);
        });
    }

    /// Which relations one may follow from one event to the next.
    static int depth(boolean recurse) {
        return recurse ? 3 : 1;
    }

    static List<String> threadKinds() {
        return List.of("all", "participated");
    }
}
