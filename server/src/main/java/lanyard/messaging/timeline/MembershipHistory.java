package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Who was in which room at what time: rooms that were left, archived or ended too. For cases; it reads no message.
public final class MembershipHistory {
    private final MembershipHistoryStore store = new MembershipHistoryStore();

    /// One time in which a person was in a room. Milliseconds since 1970, both included; who is there still has no end:
    /// [Long#MAX_VALUE].
    public record Stay(RoomId room, UserId user, long fromTs, long toTs) {
        /// The part of it that lies between.
        Stay within(long from, long to) {
            return new Stay(room, user, Math.max(fromTs, from), Math.min(toTs, to));
        }
    }

    /// Where the person was within the span, cut to it.
    public List<Stay> listOf(Tx tx, UserId user, long fromTs, long toTs) {
        return joined(store.listOf(tx, user, fromTs, toTs), fromTs, toTs);
    }

    /// Who was in one of the rooms within the span, cut to it; the organisation's own users too.
    public List<Stay> listIn(Tx tx, Collection<RoomId> rooms, long fromTs, long toTs) {
        return joined(store.listIn(tx, rooms, fromTs, toTs), fromTs, toTs);
    }

    /// A new picture or name makes a new interval of state, and is no leaving.
    private static List<Stay> joined(List<Stay> intervals, long fromTs, long toTs) {
        var order = Comparator.comparing((Stay stay) -> stay.room().value())
                .thenComparing(stay -> stay.user().value())
                .thenComparingLong(Stay::fromTs);
        List<Stay> stays = new ArrayList<>();
        for (var next : intervals.stream().sorted(order).toList()) {
            var last = stays.isEmpty() ? null : stays.getLast();
            if (last != null
                    && last.room().equals(next.room())
                    && last.user().equals(next.user())
                    && next.fromTs() <= last.toTs()) {
                stays.set(
                        stays.size() - 1,
                        new Stay(last.room(), last.user(), last.fromTs(), Math.max(last.toTs(), next.toTs())));
            } else {
                stays.add(next);
            }
        }
        return stays.stream().map(stay -> stay.within(fromTs, toTs)).toList();
    }
}
