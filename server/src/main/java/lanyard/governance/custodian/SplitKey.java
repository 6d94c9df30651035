package lanyard.governance.custodian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/// A random key that exists only as three shares once this object is gone: any two give it back, one says nothing.
/// Shamir's scheme in GF(2^8), from Bouncy Castle. Shares carry no check of their own: who joins them must open
/// something authenticated with the result.
record SplitKey(byte[] key, List<byte[]> shares) {
    static final int OFFICERS = 3;
    static final int NEEDED = 2;
    private static final int KEY_BYTES = 32;

    static SplitKey make(SecureRandom random) {
        var split = ShamirSecretSplitter.getInstance(Algorithm.AES, KEY_BYTES, random)
                .split(NEEDED, OFFICERS);
        try {
            var shares = new ArrayList<byte[]>();
            for (var share : split.getSecretShares()) {
                shares.add(share.getEncoded());
            }
            return new SplitKey(split.getSecret(), List.copyOf(shares));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One officer's part: which officer (1 to 3), and the bytes.
    record Part(int officer, byte[] share) {}

    static byte[] join(Part one, Part other) {
        if (one.officer() == other.officer()) {
            throw new IllegalArgumentException("two parts of one officer are one part");
        }
        try {
            return ShamirSplitSecret.getInstance(Algorithm.AES, new ShamirSplitSecretShare[] {share(one), share(other)})
                    .getSecret();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ShamirSplitSecretShare share(Part part) {
        return new ShamirSplitSecretShare(part.share(), part.officer());
    }

    @Override
    public String toString() {
        return "SplitKey[hidden]";
    }
}
