package lanyard.governance.disclosure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import lanyard.standards.matrix.RoomId;

/// A time in a room: milliseconds since 1970, both included.
public record RoomSpan(RoomId room, long fromTs, long toTs) {
    /// The same times with none of them twice: what overlaps is one.
    static List<RoomSpan> merged(Collection<RoomSpan> spans) {
        var order = Comparator.comparing((RoomSpan span) -> span.room().value()).thenComparingLong(RoomSpan::fromTs);
        var merged = new ArrayList<RoomSpan>();
        for (var next : spans.stream().sorted(order).toList()) {
            var last = merged.isEmpty() ? next : merged.getLast();
            if (!merged.isEmpty() && last.room().equals(next.room()) && next.fromTs() <= last.toTs()) {
                merged.set(
                        merged.size() - 1,
                        new RoomSpan(last.room(), last.fromTs(), Math.max(last.toTs(), next.toTs())));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
