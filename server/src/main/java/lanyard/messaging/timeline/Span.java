package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.List;

/// From `seq` on, until the next span, a membership or a history visibility was `value`; `notices` counts the room's
/// noticeable events up to its start.
record Span(long seq, String value, long notices) {
    /// The value in force just before `seq`, or `otherwise`.
    static String before(List<Span> spans, long seq, String otherwise) {
        var value = otherwise;
        for (var span : spans) {
            if (span.seq >= seq) {
                break;
            }
            value = span.value;
        }
        return value;
    }

    static String at(List<Span> spans, long seq, String otherwise) {
        return before(spans, seq + 1, otherwise);
    }

    static List<Span> and(List<Span> spans, Span more) {
        var longer = new ArrayList<>(spans);
        longer.add(more);
        return List.copyOf(longer);
    }
}
