package lanyard.platform.sealing;

import java.security.SecureRandom;

/// Ed25519 (RFC 8032) on raw 32-byte keys, with Bouncy Castle, which is 8 to 18 times faster here than the JDK.
/// <https://www.rfc-editor.org/rfc/rfc8032.html>
public final class Ed25519 {
    public static final int KEY_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;

    private Ed25519() {}

    public static byte[] newPrivateKey(SecureRandom random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    public static byte[] publicKey(byte[] privateKey) {
        var key = new byte[KEY_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(check(privateKey), 0, key, 0);
        return key;
    }

    public static byte[] sign(byte[] privateKey, byte[] message) {
        var signature = new byte[SIGNATURE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(check(privateKey), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /// False for anything that is not a signature of exactly this message by this key, malformed input included.
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == KEY_BYTES
                && signature.length == SIGNATURE_BYTES
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        signature, 0, publicKey, 0, message, 0, message.length);
    }

    private static byte[] check(byte[] privateKey) {
        if (privateKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 private key has 32 bytes");
        }
        return privateKey;
    }
}
