package lanyard.trust.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleProofTest {
    private static final int LARGEST = 40;

    private static byte[] leaf(long index) {
        return CompactRange.leafHash(("entry " + index).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] root(long from, long to) {
        var range = new CompactRange();
        for (var i = from; i < to; i++) {
            range.add(leaf(i));
        }
        return range.root();
    }

    @Test
    void everyEntryOfEverySizeIsProvedAndNoOther() {
        for (var size = 1; size <= LARGEST; size++) {
            var root = root(0, size);
            for (var index = 0; index < size; index++) {
                var path = MerkleProof.inclusion(index, size, MerkleProofTest::root);
                assertThat(MerkleProof.includes(leaf(index), index, size, path, root))
                        .isTrue();
                assertThat(MerkleProof.includes(leaf(index + 1), index, size, path, root))
                        .isFalse();
                assertThat(MerkleProof.includes(leaf(index), index, size, path, root(0, size + 1)))
                        .isFalse();
                assertThat(MerkleProof.includes(leaf(index), index, size, changed(path), root))
                        .isFalse();
            }
        }
    }

    @Test
    void everyGrowthIsProvedAndNoOther() {
        for (var larger = 1; larger <= LARGEST; larger++) {
            var after = new MerkleProof.Head(larger, root(0, larger));
            for (var smaller = 1; smaller <= larger; smaller++) {
                var before = new MerkleProof.Head(smaller, root(0, smaller));
                var proof = MerkleProof.consistency(smaller, larger, MerkleProofTest::root);
                assertThat(MerkleProof.isConsistent(before, after, proof)).isTrue();
                var other = new MerkleProof.Head(smaller, root(1, smaller + 1));
                assertThat(MerkleProof.isConsistent(other, after, proof)).isFalse();
                assertThat(MerkleProof.isConsistent(before, after, changed(proof)))
                        .isFalse();
                assertThat(MerkleProof.isConsistent(before, new MerkleProof.Head(larger, root(1, larger + 1)), proof))
                        .isFalse();
            }
        }
    }

    /// The path with a hash too many, and the last one, where there is one, another.
    private static List<byte[]> changed(List<byte[]> path) {
        var changed = new ArrayList<>(path);
        if (changed.isEmpty()) {
            changed.add(leaf(LARGEST + 1));
        } else {
            changed.set(changed.size() - 1, leaf(LARGEST + 1));
        }
        return changed;
    }
}
