package lanyard.trust.audit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import lanyard.platform.sealing.SealedDataException;
import lanyard.platform.sealing.SealingKey;
import org.jspecify.annotations.Nullable;

/// Walks one slot's log: leaves in order, merged with the checkpoints of the table and of the witness by size.
final class SlotCheck {
    record Done(long leaves, long unsigned) {}

    private final int slot;
    private final Erasures erasures;
    private final Heads kept;
    private final Heads witnessed;
    private final CompactRange range = new CompactRange();
    private long lastTs;

    SlotCheck(int slot, Erasures erasures, Iterator<Checkpoint> kept, Iterator<Checkpoint> witnessed) {
        this.slot = slot;
        this.erasures = erasures;
        this.kept = new Heads("", kept);
        this.witnessed = new Heads(" of the witness file", witnessed);
    }

    void next(Leaf leaf) {
        var place = new Leaf.Place(slot, range.size());
        if (leaf.place().index() != range.size()) {
            throw new BrokenLog(AuditVerifier.at(place) + " is missing.");
        }
        if (leaf.ts() < lastTs) {
            throw new BrokenLog(
                    AuditVerifier.at(place) + " is dated before the entry ahead of it: it was moved or changed.");
        }
        lastTs = leaf.ts();
        checkContent(leaf);
        range.add(leaf.hash());
        var inTable = kept.check(slot, range);
        var inWitness = witnessed.check(slot, range);
        if (inTable && !inWitness) {
            throw new BrokenLog("The checkpoint of slot " + slot + " at " + range.size()
                    + " entries is not in the witness file: the file was cut or changed.");
        }
    }

    private void checkContent(Leaf leaf) {
        var key = erasures.key(leaf);
        if (key.isEmpty()) {
            erasures.monthErased();
            return;
        }
        var opened = open(leaf, key.get());
        if (opened.isEmpty()) {
            erasures.blank(leaf.place());
            return;
        }
        var entry = opened.get().json();
        if (!Arrays.equals(opened.get().hash(), leaf.hash()) || entry.path("ts").asLong(-1) != leaf.ts()) {
            throw new BrokenLog(
                    AuditVerifier.at(leaf.place()) + " was changed: its content and its hash do not agree.");
        }
        erasures.read(entry);
    }

    private static Optional<Leaf.Opened> open(Leaf leaf, SealingKey key) {
        try {
            return leaf.open(key);
        } catch (SealedDataException e) {
            throw new BrokenLog(AuditVerifier.at(leaf.place()) + " was changed or moved: what it holds does not open.");
        }
    }

    Done finish() {
        kept.finish(slot, range.size());
        witnessed.finish(slot, range.size());
        return new Done(range.size(), range.size() - kept.last);
    }

    /// Checkpoints in order of size, from one source.
    private static final class Heads {
        private final String source;
        private final Iterator<Checkpoint> checkpoints;
        private @Nullable Checkpoint next;
        private long last;

        Heads(String source, Iterator<Checkpoint> checkpoints) {
            this.source = source;
            this.checkpoints = checkpoints;
            advance();
        }

        private void advance() {
            next = checkpoints.hasNext() ? checkpoints.next() : null;
        }

        /// True if there is a checkpoint at this size.
        boolean check(int slot, CompactRange range) {
            var found = false;
            for (var head = next; head != null && head.size() <= range.size(); head = next) {
                if (head.size() < range.size()) {
                    throw new BrokenLog("The checkpoints" + source + " of slot " + slot + " are not in order at "
                            + head.size() + " entries.");
                }
                if (!Arrays.equals(head.root(), range.root())) {
                    throw new BrokenLog("Slot " + slot + ": the entries from " + last + " to " + (head.size() - 1)
                            + " are not those that the checkpoint" + source + " at " + head.size()
                            + " entries signed.");
                }
                last = head.size();
                found = true;
                advance();
            }
            return found;
        }

        void finish(int slot, long size) {
            var head = next;
            if (head != null) {
                throw new BrokenLog(
                        "Slot " + slot + ", entry " + size + " is missing: the log ends there, but a checkpoint"
                                + source + " signed " + head.size() + " entries.");
            }
        }
    }
}
