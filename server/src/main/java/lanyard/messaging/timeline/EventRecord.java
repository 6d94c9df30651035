package lanyard.messaging.timeline;

import lanyard.messaging.timeline.TimelineEvent.Placed;
import lanyard.standards.matrix.EventId;
import org.jspecify.annotations.Nullable;

/// One stored event, still sealed.
record EventRecord(
        long room,
        Placed placed,
        byte[] body,
        boolean pruned,
        @Nullable String device,
        @Nullable String transaction,
        @Nullable EventId redactedBy,
        byte @Nullable [] because,
        @Nullable Replaced replaced) {
    /// The state event in whose place this one came, sealed; `hidden` when it was redacted.
    record Replaced(EventId id, long seq, byte[] body, boolean hidden) {}
}
