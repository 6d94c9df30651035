package lanyard.platform.sealing;

import org.bouncycastle.math.ec.rfc7748.X25519;

/// Curve25519 public keys (RFC 7748) that strangers publish.
/// <https://www.rfc-editor.org/rfc/rfc7748.html#section-6.1>
public final class Curve25519 {
    public static final int KEY_BYTES = 32;
    /// Any private key shows a point of low order: the secret agreed with it is zero whatever the private key.
    private static final byte[] ANY_PRIVATE_KEY = Hashes.sha256(new byte[] {1});

    private Curve25519() {}

    /// Whether somebody could safely agree on a secret with the owner of this key: 32 bytes, below the field's prime
    /// and not of low order.
    public static boolean isSafe(byte[] publicKey) {
        return publicKey.length == KEY_BYTES
                && isBelowPrime(publicKey)
                && X25519.calculateAgreement(ANY_PRIVATE_KEY, 0, publicKey, 0, new byte[KEY_BYTES], 0);
    }

    /// 2^255 - 19, little-endian: all ones but for the lowest byte and the highest bit.
    private static boolean isBelowPrime(byte[] key) {
        if (key[KEY_BYTES - 1] < 0) {
            return false;
        }
        if (key[KEY_BYTES - 1] != 0x7f) {
            return true;
        }
        for (var i = 1; i < KEY_BYTES - 1; i++) {
            if (key[i] != (byte) 0xff) {
                return true;
            }
        }
        return (key[0] & 0xff) < 0xed;
    }
}
