package lanyard.governance.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Files that were marked together.
///
/// @param files how many were marked
/// @param gone how many were destroyed
/// @param endedBy who called it off, or the sweep that carried it out
record FileOrder(
        String id,
        String organization,
        int policyVersion,
        int files,
        Instant marked,
        Instant destroyFrom,
        Order.State state,
        int gone,
        @Nullable String endedBy,
        @Nullable Instant ended,
        @Nullable String reason) {
    boolean isOpen() {
        return state == Order.State.MARKED || state == Order.State.DESTROYING;
    }

    boolean isDue(Instant now) {
        return isOpen() && !destroyFrom.isAfter(now);
    }
}
