package lanyard.trust.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.SealingKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One row of the log. `hash` = SHA-256(0x00 ‖ salt ‖ canonical entry), a plain RFC 9162 leaf. The salt is sealed
/// together with the entry: left in clear it would let anybody guess a short erased entry from its hash.
record Leaf(Place place, long ts, byte @Nullable [] sealed, byte[] hash) {
    /// Where a leaf stands: slot and index.
    record Place(int slot, long index) {
        /// Binds the sealed bytes to their row, so that exchanged rows are found one by one.
        private byte[] associated() {
            return ("audit " + slot + "/" + index).getBytes(StandardCharsets.UTF_8);
        }
    }

    /// A leaf's content, opened.
    record Opened(byte[] salt, byte[] entry) {
        ObjectNode json() {
            return Json.object(entry);
        }

        byte[] hash() {
            return CompactRange.leafHash(salt, entry);
        }
    }

    static Leaf sealed(Place place, long ts, Opened content, SealingKey key) {
        var plain = Arrays.copyOf(content.salt(), content.salt().length + content.entry().length);
        System.arraycopy(content.entry(), 0, plain, content.salt().length, content.entry().length);
        return new Leaf(place, ts, key.seal(plain, place.associated()), content.hash());
    }

    /// Empty when it has been erased.
    Optional<Opened> open(SealingKey key) {
        if (sealed == null) {
            return Optional.empty();
        }
        var plain = key.open(sealed, place.associated());
        return Optional.of(new Opened(
                Arrays.copyOf(plain, AuditKeys.SALT_BYTES),
                Arrays.copyOfRange(plain, AuditKeys.SALT_BYTES, plain.length)));
    }
}
