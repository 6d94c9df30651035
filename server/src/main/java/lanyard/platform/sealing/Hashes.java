package lanyard.platform.sealing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 without its checked exceptions: every Java platform has it.
public final class Hashes {
    /// Never used itself: a copy costs a fraction of asking the providers for another.
    private static final MessageDigest FRESH = fresh();

    private Hashes() {}

    public static byte[] sha256(byte[]... parts) {
        var digest = digest();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /// Of what is between the buffer's position and its limit.
    public static byte[] sha256(ByteBuffer bytes) {
        var digest = digest();
        digest.update(bytes.duplicate());
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
