package lanyard.platform.stream;

import java.util.Map;
import java.util.Optional;

/// The move of the writer's slot that every batch makes once. A [CarryingLane] makes it within its own statement; a
/// batch
/// without such a lane makes it alone.
public final class Advance {
    /// For a lane whose batch has moved the slot already.
    static final Advance MADE = new Advance(Optional.empty());

    private record Move(Slot slot, long before, long after) {}

    private final Optional<Move> move;

    private Advance(Optional<Move> move) {
        this.move = move;
    }

    static Advance of(Slot slot, long before, long after) {
        return new Advance(Optional.of(new Move(slot, before, after)));
    }

    /// A part of a `with` clause named `advanced`, with one row if the slot is still ours.
    public String clause() {
        return move.isEmpty() ? "advanced as (select 1)" : "advanced as (" + StreamStore.ADVANCE + ")";
    }

    /// What [#clause] wants bound, by names that begin with `writer`.
    public Map<String, Long> values() {
        return move.map(made -> Map.of(
                        "writerAfter", made.after(),
                        "writerSlot", (long) made.slot().number(),
                        "writerEpoch", made.slot().epoch(),
                        "writerBefore", made.before()))
                .orElse(Map.of());
    }

    /// Errors: [FencedException] when `advanced` had no row: the slot is another's by now.
    public void check(int advanced) {
        if (advanced == 0) {
            throw new FencedException();
        }
    }
}
