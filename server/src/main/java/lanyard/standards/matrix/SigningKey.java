package lanyard.standards.matrix;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// A server's own Ed25519 key with its id, e.g. `ed25519:1`. Hidden in `toString`. Bouncy Castle signs in a twentieth
/// of
/// the time that the JDK takes.
/// <https://spec.matrix.org/v1.18/appendices/#signing-details>
public final class SigningKey {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private final String id;
    private final byte[] seed;
    private final VerifyKey verifyKey;

    private SigningKey(String version, byte[] seed, VerifyKey verifyKey) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("A key's version holds letters, digits and underscores only.");
        }
        this.id = "ed25519:" + version;
        this.seed = seed;
        this.verifyKey = verifyKey;
    }

    /// A new key. `version` is the part of its id after the colon.
    public static SigningKey generate(String version, SecureRandom random) {
        var seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        var publicKey = new byte[VerifyKey.BYTES];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        return new SigningKey(version, seed, new VerifyKey(UnpaddedBase64.encode(publicKey)));
    }

    /// A key read back from `secret()`. Refuses bytes that are not a matching pair.
    public static SigningKey restore(String version, byte[] secret) {
        if (secret.length != 2 * VerifyKey.BYTES) {
            throw new IllegalArgumentException("A stored signing key has 64 bytes.");
        }
        var publicHalf = Arrays.copyOfRange(secret, VerifyKey.BYTES, secret.length);
        var key = new SigningKey(
                version, Arrays.copyOf(secret, VerifyKey.BYTES), new VerifyKey(UnpaddedBase64.encode(publicHalf)));
        var probe = new byte[] {1};
        if (!key.verifyKey.verifies(probe, key.sign(probe))) {
            throw new IllegalArgumentException("The halves of a stored signing key do not match.");
        }
        return key;
    }

    /// Seed and public key in a row, NaCl's form of a secret key. To be sealed by the caller.
    public byte[] secret() {
        var secret = Arrays.copyOf(seed, 2 * VerifyKey.BYTES);
        var publicHalf = UnpaddedBase64.decode(verifyKey.base64()).orElseThrow();
        System.arraycopy(publicHalf, 0, secret, VerifyKey.BYTES, VerifyKey.BYTES);
        return secret;
    }

    public String id() {
        return id;
    }

    public VerifyKey verifyKey() {
        return verifyKey;
    }

    public byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", hidden]";
    }
}
