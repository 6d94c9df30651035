package lanyard.messaging.timeline;

import java.util.List;

/// Events of a room from one place to another, both included.
record Range(long from, long to) {
    boolean covers(long seq) {
        return from <= seq && seq <= to;
    }

    static long[] starts(List<Range> ranges) {
        return ranges.stream().mapToLong(Range::from).toArray();
    }

    static long[] ends(List<Range> ranges) {
        return ranges.stream().mapToLong(Range::to).toArray();
    }
}
