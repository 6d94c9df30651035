package lanyard.governance.custodian;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/// How an officer's share travels to a worker: HPKE in base mode (X25519, HKDF-SHA256, AES-256-GCM) to a key that the
/// worker makes for one session and that never leaves its memory. The session and who presents are bound in, so a share
/// sealed for one session, or by one person, says nothing in another. Bytes: encapsulated key (32), then ciphertext.
/// <https://www.rfc-editor.org/rfc/rfc9180.html>
final class ShareSeal {
    private static final int ENCAPSULATED = 32;
    private static final byte[] NOTHING = new byte[0];

    private final HPKE hpke =
            new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    private final AsymmetricCipherKeyPair own = hpke.generatePrivateKey();

    byte[] publicKey() {
        return hpke.serializePublicKey(own.getPublic());
    }

    /// What the bytes are sealed for, beside the key.
    static byte[] info(String session, String officer) {
        return ("lanyard officer share\n" + session + "\n" + officer).getBytes(UTF_8);
    }

    /// What a share that waits for its officer is sealed for.
    static byte[] keptInfo(String ceremony, String officer) {
        return ("lanyard officer share kept\n" + ceremony + "\n" + officer).getBytes(UTF_8);
    }

    /// Empty when they were not sealed for this key, this session and this officer.
    Optional<byte[]> open(byte[] sealed, byte[] info) {
        if (sealed.length <= ENCAPSULATED) {
            return Optional.empty();
        }
        var encapsulated = Arrays.copyOf(sealed, ENCAPSULATED);
        var ciphertext = Arrays.copyOfRange(sealed, ENCAPSULATED, sealed.length);
        try {
            return Optional.of(hpke.open(encapsulated, own, info, NOTHING, ciphertext, NOTHING, NOTHING, null));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /// The officer's side, for tools and tests; in a browser it is `web/`'s.
    static byte[] seal(byte[] publicKey, byte[] info, byte[] share) {
        var hpke = new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
        try {
            var parts = hpke.seal(hpke.deserializePublicKey(publicKey), info, NOTHING, share, NOTHING, NOTHING, null);
            // Bouncy Castle answers the ciphertext first.
            var sealed = Arrays.copyOf(parts[1], parts[1].length + parts[0].length);
            System.arraycopy(parts[0], 0, sealed, parts[1].length, parts[0].length);
            return sealed;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE refused to seal", e);
        }
    }
}
