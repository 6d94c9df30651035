package lanyard.platform.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanyard.platform.db.Tx;

/// One transaction of the writer and what its deeds have gathered so far.
final class Batch {
    private final Tx tx;
    private final int slot;
    private long pos;
    private final Map<Object, Object> staged = new HashMap<>();
    private final Map<Lane<?>, List<Object>> items = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterVisible = new ArrayList<>();

    Batch(Tx tx, int slot, long pos) {
        this.tx = tx;
        this.slot = slot;
        this.pos = pos;
    }

    Tx tx() {
        return tx;
    }

    int slot() {
        return slot;
    }

    long pos() {
        return pos;
    }

    Position next() {
        return new Position(slot, ++pos);
    }

    Map<Object, Object> staged() {
        return staged;
    }

    Map<Lane<?>, List<Object>> items() {
        return items;
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    List<Runnable> afterVisible() {
        return afterVisible;
    }

    /// Answers whether one of the lanes carried `advance`.
    boolean writeLanes(Advance advance) {
        var carried = false;
        for (var entry : items.entrySet()) {
            if (!carried && entry.getKey() instanceof CarryingLane<?> lane) {
                carry(lane, advance, entry.getValue());
                carried = true;
            } else {
                writeLane(entry.getKey(), entry.getValue());
            }
        }
        return carried;
    }

    /// Safe: `Commit.add` ties each lane to items of its own type.
    @SuppressWarnings("unchecked")
    private <I> void writeLane(Lane<?> lane, List<Object> gathered) {
        ((Lane<I>) lane).write(tx, (List<I>) gathered);
    }

    @SuppressWarnings("unchecked")
    private <I> void carry(CarryingLane<?> lane, Advance advance, List<Object> gathered) {
        ((CarryingLane<I>) lane).write(tx, advance, (List<I>) gathered);
    }
}
