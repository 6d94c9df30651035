package lanyard.trust.audit;

import lanyard.platform.CrashPoint;
import lanyard.platform.db.Database;

/// Signs checkpoints. One node at a time; a second one at the same moment fails on the sequence number and keeps
/// nothing.
final class AuditJob {
    private final Database database;
    private final AuditKeys keys;
    private final Witness witness;
    private final AuditStore store = new AuditStore();

    AuditJob(Database database, AuditKeys keys, Witness witness) {
        this.database = database;
        this.keys = keys;
        this.witness = witness;
    }

    void checkpoint() {
        for (var unsigned : database.read(store::unsigned)) {
            sign(unsigned);
        }
    }

    /// The witness first: a crash before the table's row leaves a witnessed tree head of committed leaves, which
    /// verifies; the other order could leave a row that the witness does not know.
    private void sign(AuditStore.Unsigned unsigned) {
        var range = unsigned.signed();
        while (range.size() < unsigned.size()) {
            addPage(unsigned, range);
        }
        var last = database.read(store::lastCheckpoint);
        var previous = last.map(kept -> Checkpoint.hashOf(kept.note())).orElseGet(Checkpoint::first);
        var note = keys.sign(new Checkpoint(unsigned.slot(), range.size(), range.root(), previous));
        var seq = last.map(AuditStore.Kept::seq).orElse(0L) + 1;
        CrashPoint.at("audit.signed");
        witness.append(note);
        CrashPoint.at("audit.witnessed");
        database.write(tx -> {
            store.addCheckpoint(tx, new AuditStore.Kept(seq, unsigned.slot(), range.size(), note), range.frontier());
            return seq;
        });
    }

    private void addPage(AuditStore.Unsigned unsigned, CompactRange range) {
        var page = database.read(tx -> store.hashes(tx, unsigned.slot(), range.size(), unsigned.size()));
        for (var leaf : page) {
            if (leaf.index() != range.size()) {
                break;
            }
            range.add(leaf.hash());
        }
        if (page.isEmpty() || page.getLast().index() != range.size() - 1) {
            throw new IllegalStateException("The audit log of slot " + unsigned.slot() + " lacks its entry "
                    + range.size() + ": nothing more is signed. Run verify-audit.");
        }
    }
}
