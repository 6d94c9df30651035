package lanyard.trust.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// Checks a proof with nothing but the public key: no server, no database, no key store.
final class ProofCheck {
    private final SignedNotes notes;

    ProofCheck(String verifierKey) {
        notes = SignedNotes.ofVerifierKey(verifierKey);
    }

    /// In a sentence, what is proved. Errors: [AuditFormatException], [BrokenLog].
    String check(byte[] file) {
        try {
            var proof = Json.object(file);
            return Json.text(proof, "proof").equals("consistency") ? consistency(proof) : inclusion(proof);
        } catch (MatrixException e) {
            throw new AuditFormatException("that file is not a proof of an audit log");
        }
    }

    private String inclusion(ObjectNode proof) {
        var head = head(proof, "checkpoint");
        var index = proof.path("index").asLong(-1);
        var leafHash = bytes(Json.text(proof, "leaf_hash"));
        var entry = entry(proof, leafHash);
        if (!MerkleProof.includes(leafHash, index, head.size(), path(proof), head.root())) {
            throw new BrokenLog("The entry is not in the log that the checkpoint signs.");
        }
        return "Entry " + index + " is in the log of " + head.size() + " entries that " + notes.name() + " signed. "
                + entry.orElse("Its content is not in the file, or was erased.");
    }

    private static Optional<String> entry(ObjectNode proof, byte[] leafHash) {
        var salt = Json.optionalText(proof, "salt");
        if (salt.isEmpty()) {
            return Optional.empty();
        }
        var entry = bytes(Json.text(proof, "entry"));
        if (!Arrays.equals(CompactRange.leafHash(bytes(salt.get()), entry), leafHash)) {
            throw new BrokenLog("The entry in the file is not the one whose hash is in the log.");
        }
        var read = Json.object(entry);
        return Optional.of("It says " + Json.text(read, "action") + " by " + Json.text(read, "actor") + ".");
    }

    private String consistency(ObjectNode proof) {
        var older = head(proof, "older");
        var newer = head(proof, "checkpoint");
        if (!MerkleProof.isConsistent(older, newer, path(proof))) {
            throw new BrokenLog("The log of " + newer.size() + " entries does not begin with the log of " + older.size()
                    + ": something was changed or removed.");
        }
        return "The log of " + newer.size() + " entries begins with the log of " + older.size() + ", unchanged.";
    }

    private MerkleProof.Head head(ObjectNode proof, String field) {
        var checkpoint = Checkpoint.parse(notes.open(Json.text(proof, field)));
        if (checkpoint.slot() != proof.path("slot").asInt(-1)) {
            throw new AuditFormatException("a checkpoint in that file is another slot's");
        }
        return new MerkleProof.Head(checkpoint.size(), checkpoint.root());
    }

    private static List<byte[]> path(ObjectNode proof) {
        var path = new ArrayList<byte[]>();
        Json.arrayField(proof, "path").forEach(hash -> path.add(bytes(hash.asString(""))));
        if (path.stream().anyMatch(hash -> hash.length != CompactRange.HASH_BYTES)) {
            throw new AuditFormatException("a hash in that file has another length");
        }
        return path;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new AuditFormatException("that file is not a proof of an audit log");
        }
    }
}
