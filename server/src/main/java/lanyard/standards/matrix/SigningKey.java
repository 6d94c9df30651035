package lanyard.standards.matrix;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A server's own Ed25519 key with its id, e.g. `ed25519:1`. Hidden in `toString`.
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
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new SigningKey(version, seed, verifyKey((EdECPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has Ed25519", e);
        }
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
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 signs with any 32 bytes", e);
        }
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }

    /// RFC 8032 §5.1.2: little-endian y, with the sign of x in the highest bit.
    private static VerifyKey verifyKey(EdECPublicKey key) {
        var bigEndian = key.getPoint().getY().toByteArray();
        var raw = new byte[VerifyKey.BYTES];
        for (var i = 0; i < Math.min(bigEndian.length, VerifyKey.BYTES); i++) {
            raw[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            raw[VerifyKey.BYTES - 1] |= (byte) 0x80;
        }
        return new VerifyKey(UnpaddedBase64.encode(raw));
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", hidden]";
    }
}
