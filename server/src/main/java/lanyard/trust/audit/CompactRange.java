package lanyard.trust.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanyard.platform.sealing.Hashes;

/// The right edge of an RFC 9162 Merkle tree: the roots of its complete subtrees, largest first, one per set bit of
/// the size. Adding a leaf and computing the root take O(log n), so a checkpoint never reads the whole log.
/// <https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.1>
final class CompactRange {
    static final int HASH_BYTES = 32;
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    static byte[] leafHash(byte[]... data) {
        var parts = new byte[data.length + 1][];
        parts[0] = LEAF;
        System.arraycopy(data, 0, parts, 1, data.length);
        return Hashes.sha256(parts);
    }

    /// Continues where [#frontier] was taken.
    static CompactRange of(long size, byte[] frontier) {
        if (size < 0 || frontier.length != Long.bitCount(size) * HASH_BYTES) {
            throw new IllegalArgumentException("a frontier has one hash for each set bit of the size");
        }
        var range = new CompactRange();
        range.size = size;
        for (var at = 0; at < frontier.length; at += HASH_BYTES) {
            range.peaks.add(Arrays.copyOfRange(frontier, at, at + HASH_BYTES));
        }
        return range;
    }

    long size() {
        return size;
    }

    void add(byte[] leafHash) {
        var hash = leafHash;
        for (var bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = Hashes.sha256(NODE, peaks.removeLast(), hash);
        }
        peaks.add(hash);
        size++;
    }

    byte[] root() {
        if (peaks.isEmpty()) {
            return Hashes.sha256();
        }
        var root = peaks.getLast();
        for (var i = peaks.size() - 2; i >= 0; i--) {
            root = Hashes.sha256(NODE, peaks.get(i), root);
        }
        return root;
    }

    byte[] frontier() {
        var bytes = new byte[peaks.size() * HASH_BYTES];
        for (var i = 0; i < peaks.size(); i++) {
            System.arraycopy(peaks.get(i), 0, bytes, i * HASH_BYTES, HASH_BYTES);
        }
        return bytes;
    }
}
