package lanyard.trust.audit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import lanyard.platform.db.Database;
import lanyard.platform.db.Tx;
import org.jspecify.annotations.Nullable;

/// Recomputes the whole log and compares it with every signed checkpoint, in the database and in the witness file.
/// Streams: its memory does not grow with the log, only with entries that were blanked one by one.
public final class AuditVerifier {
    private static final int SLOTS = 16;

    private final AuditKeys keys;
    private final Witness witness;
    private final SignedNotes notes;
    private final AuditStore store = new AuditStore();

    /// `verifierKey` (C2SP format) comes from outside when the key store itself is in doubt.
    public AuditVerifier(AuditKeys keys, Witness witness, @Nullable String verifierKey) {
        this.keys = keys;
        this.witness = witness;
        this.notes = verifierKey == null ? keys.notes() : SignedNotes.ofVerifierKey(verifierKey);
    }

    public Finding verify(Database database) {
        try {
            return database.read(this::verify);
        } catch (BrokenLog | AuditFormatException e) {
            return new Finding.Broken(String.valueOf(e.getMessage()));
        }
    }

    static String at(Leaf.Place place) {
        return "Slot " + place.slot() + ", entry " + place.index();
    }

    private Finding verify(Tx tx) {
        var checkpoints = followChain(tx);
        if (checkpoints > 0 && !witness.isPresent()) {
            throw new BrokenLog("The witness file " + witness + " is missing, though checkpoints have been signed.");
        }
        var erasures = new Erasures(keys);
        var leaves = 0L;
        var unsigned = 0L;
        for (var slot = 0; slot < SLOTS; slot++) {
            var done = verify(tx, slot, erasures);
            leaves += done.leaves();
            unsigned += done.unsigned();
        }
        return new Finding.Sound(leaves, erasures.settle(), checkpoints, unsigned);
    }

    /// Every checkpoint is signed and names the one before it; none is missing.
    private long followChain(Tx tx) {
        var previous = Checkpoint.first();
        var expected = 1L;
        try (var all = store.checkpoints(tx)) {
            for (var kept : in(all)) {
                var checkpoint = Checkpoint.parse(notes.open(kept.note()));
                if (kept.seq() != expected || !Arrays.equals(previous, checkpoint.previous())) {
                    throw new BrokenLog("Checkpoint " + expected + " is missing or was replaced.");
                }
                if (kept.slot() != checkpoint.slot() || kept.size() != checkpoint.size()) {
                    throw new BrokenLog(
                            "Checkpoint " + expected + " was put beside another slot or size than it signs.");
                }
                previous = Checkpoint.hashOf(kept.note());
                expected++;
            }
        }
        return expected - 1;
    }

    private SlotCheck.Done verify(Tx tx, int slot, Erasures erasures) {
        try (var leaves = store.leaves(tx, slot);
                var kept = store.checkpoints(tx, slot);
                var witnessed = witness.notes()) {
            var check = new SlotCheck(
                    slot,
                    erasures,
                    kept.map(row -> Checkpoint.parse(notes.open(row.note()))).iterator(),
                    witnessed
                            .map(note -> Checkpoint.parse(notes.open(note)))
                            .filter(checkpoint -> checkpoint.slot() == slot)
                            .iterator());
            for (var leaf : in(leaves)) {
                check.next(leaf);
            }
            return check.finish();
        }
    }

    private static <T> Iterable<T> in(Stream<T> stream) {
        Function<Stream<T>, Iterator<T>> iterator = Stream::iterator;
        return () -> iterator.apply(stream);
    }
}
