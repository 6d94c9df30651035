package lanyard.trust.audit;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Database;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// What somebody outside needs to check, without this server, that an entry is in the log and that the log has only
/// grown. Reads hashes and no entries.
public final class AuditProofs {
    private final Database database;
    private final AuditKeys keys;
    private final AuditStore store = new AuditStore();

    AuditProofs(Database database, AuditKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /// Whose signature a checkpoint carries, as the tools for C2SP's signed notes take it.
    public String verifierKey() {
        return keys.notes().verifierKey();
    }

    /// The newest checkpoint of each slot, signed.
    public List<String> newest() {
        return database.read(tx -> store.newestOfEachSlot(tx)).stream()
                .map(AuditStore.Kept::note)
                .toList();
    }

    /// That the entry is in the log that the newest checkpoint of its slot signs. `proof` of docs/api.md.
    /// Errors: `M_NOT_FOUND` while no checkpoint covers it.
    public ObjectNode inclusion(int slot, long index) {
        return database.read(tx -> {
            var kept = store.newestCheckpoint(tx, slot)
                    .filter(one -> index >= 0 && index < one.size())
                    .orElseThrow(() -> notFound("No checkpoint covers that entry yet. Try again in a second."));
            var leaf = store.hashes(tx, slot, index, index + 1).getFirst();
            var path = MerkleProof.inclusion(index, kept.size(), (from, to) -> root(tx, slot, from, to));
            var proof = proof("inclusion", kept).put("index", index).put("leaf_hash", base64(leaf.hash()));
            path.forEach(hash -> proof.withArray("path").add(base64(hash)));
            return proof;
        });
    }

    /// As [#inclusion], with the entry itself and its salt, so that the hash can be made again.
    Optional<ObjectNode> inclusionOf(Leaf.Place place) {
        return database.read(tx -> store.leaf(tx, place)).map(leaf -> {
            var proof = inclusion(place.slot(), place.index());
            keys.readable(AuditKeys.monthOf(leaf.ts())).flatMap(leaf::open).ifPresent(opened -> {
                proof.put("salt", base64(opened.salt()));
                proof.put("entry", base64(opened.entry()));
            });
            return proof;
        });
    }

    /// That the log of `slot` at `size` entries, which some checkpoint signs, is the beginning of the newest one.
    /// Errors: `M_NOT_FOUND`.
    public ObjectNode consistency(int slot, long size) {
        return database.read(tx -> {
            var newest = store.newestCheckpoint(tx, slot).orElseThrow(() -> notFound("That slot has no checkpoint."));
            var older = store.checkpointAt(tx, slot, size)
                    .orElseThrow(() -> notFound("No checkpoint signs that many entries."));
            var path = MerkleProof.consistency(size, newest.size(), (from, to) -> root(tx, slot, from, to));
            var proof = proof("consistency", newest).put("older", older.note());
            path.forEach(hash -> proof.withArray("path").add(base64(hash)));
            return proof;
        });
    }

    private static ObjectNode proof(String what, AuditStore.Kept kept) {
        var proof = Json.object().put("proof", what).put("slot", kept.slot()).put("checkpoint", kept.note());
        proof.putArray("path");
        return proof;
    }

    private byte[] root(Tx tx, int slot, long from, long to) {
        var range = new CompactRange();
        while (from + range.size() < to) {
            var page = store.hashes(tx, slot, from + range.size(), to);
            if (page.isEmpty()) {
                throw new IllegalStateException("the audit log lacks an entry: run verify-audit");
            }
            page.forEach(leaf -> range.add(leaf.hash()));
        }
        return range.root();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MatrixException notFound(String sentence) {
        return new MatrixException(ErrorCode.M_NOT_FOUND, sentence);
    }
}
