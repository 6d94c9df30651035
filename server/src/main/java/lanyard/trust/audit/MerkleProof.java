package lanyard.trust.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanyard.platform.sealing.Hashes;

/// That an entry is in a log of some size, and that a log has only grown: RFC 9162, sections 2.1.3 and 2.1.4, step by
/// step. <https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.3>
final class MerkleProof {
    private static final byte[] NODE = {1};

    /// The root over the entries from `from` on, up to `to` and without it.
    @FunctionalInterface
    interface Roots {
        byte[] of(long from, long to);
    }

    private MerkleProof() {}

    /// `PATH(index, D[size])`, from the entry's neighbour up.
    static List<byte[]> inclusion(long index, long size, Roots roots) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("the entry is not in a log of that size");
        }
        var path = new ArrayList<byte[]>();
        path(index, 0, size, path, roots);
        return path;
    }

    private static void path(long index, long from, long to, List<byte[]> path, Roots roots) {
        if (to - from == 1) {
            return;
        }
        var middle = from + half(to - from);
        if (index < middle) {
            path(index, from, middle, path, roots);
            path.add(roots.of(middle, to));
        } else {
            path(index, middle, to, path, roots);
            path.add(roots.of(from, middle));
        }
    }

    /// `PROOF(smaller, D[larger])`. Nothing when both are one size.
    static List<byte[]> consistency(long smaller, long larger, Roots roots) {
        if (smaller < 1 || smaller > larger) {
            throw new IllegalArgumentException("a log grows from one entry on");
        }
        var path = new ArrayList<byte[]>();
        subproof(smaller, new Span(0, larger, true), path, roots);
        return path;
    }

    /// @param whole whether the smaller log's root is the root over this span, which who checks knows already
    private record Span(long from, long to, boolean whole) {}

    private static void subproof(long smaller, Span span, List<byte[]> path, Roots roots) {
        if (smaller == span.to()) {
            if (!span.whole()) {
                path.add(roots.of(span.from(), span.to()));
            }
            return;
        }
        var middle = span.from() + half(span.to() - span.from());
        if (smaller <= middle) {
            subproof(smaller, new Span(span.from(), middle, span.whole()), path, roots);
            path.add(roots.of(middle, span.to()));
        } else {
            subproof(smaller, new Span(middle, span.to(), false), path, roots);
            path.add(roots.of(span.from(), middle));
        }
    }

    /// The largest power of two below `size`, which is at least two.
    private static long half(long size) {
        return Long.highestOneBit(size - 1);
    }

    /// Section 2.1.3.2.
    static boolean includes(byte[] leafHash, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        var first = index;
        var second = size - 1;
        var hash = leafHash;
        for (var next : path) {
            if (second == 0) {
                return false;
            }
            if ((first & 1) == 1 || first == second) {
                hash = Hashes.sha256(NODE, next, hash);
                while ((first & 1) == 0 && first != 0) {
                    first >>= 1;
                    second >>= 1;
                }
            } else {
                hash = Hashes.sha256(NODE, hash, next);
            }
            first >>= 1;
            second >>= 1;
        }
        return second == 0 && Arrays.equals(hash, root);
    }

    /// A log's size and root.
    record Head(long size, byte[] root) {}

    /// Section 2.1.4.2.
    static boolean isConsistent(Head smaller, Head larger, List<byte[]> proof) {
        if (smaller.size() == larger.size()) {
            return proof.isEmpty() && Arrays.equals(smaller.root(), larger.root());
        }
        if (smaller.size() < 1 || smaller.size() > larger.size() || proof.isEmpty()) {
            return false;
        }
        var path = new ArrayList<>(proof);
        if (Long.bitCount(smaller.size()) == 1) {
            path.addFirst(smaller.root());
        }
        var first = smaller.size() - 1;
        var second = larger.size() - 1;
        while ((first & 1) == 1) {
            first >>= 1;
            second >>= 1;
        }
        var old = path.getFirst();
        var whole = path.getFirst();
        for (var next : path.subList(1, path.size())) {
            if (second == 0) {
                return false;
            }
            if ((first & 1) == 1 || first == second) {
                old = Hashes.sha256(NODE, next, old);
                whole = Hashes.sha256(NODE, next, whole);
                while ((first & 1) == 0 && first != 0) {
                    first >>= 1;
                    second >>= 1;
                }
            } else {
                whole = Hashes.sha256(NODE, whole, next);
            }
            first >>= 1;
            second >>= 1;
        }
        return second == 0 && Arrays.equals(old, smaller.root()) && Arrays.equals(whole, larger.root());
    }
}
