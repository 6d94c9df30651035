package lanyard.trust.hold;

import java.time.Instant;
import java.util.List;

/// The spans of time that holds keep of what was asked about.
public record Standing(List<Span> spans) {
    /// Both ends are held.
    public record Span(Instant from, Instant to) {}

    public Standing {
        spans = List.copyOf(spans);
    }

    /// Nothing is held.
    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /// Whether what was said then must be kept.
    public boolean covers(Instant said) {
        return spans.stream().anyMatch(span -> !said.isBefore(span.from()) && !said.isAfter(span.to()));
    }
}
