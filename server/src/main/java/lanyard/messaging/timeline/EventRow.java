package lanyard.messaging.timeline;

import lanyard.standards.matrix.rules.StateKey;
import org.jspecify.annotations.Nullable;

/// One event on its way into the table, with the head its room had before and has after.
record EventRow(
        RoomHead before,
        RoomHead after,
        TimelineEvent event,
        @Nullable StateKey stateKey,
        @Nullable String spanValue,
        Relation relation,
        byte[] sealedBody) {
    /// The event that this one is about, and in which way; both may be absent.
    record Relation(@Nullable String target, @Nullable String type) {}
}
