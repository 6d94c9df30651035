package lanyard.standards.matrix;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 public key as Matrix writes it: 32 bytes in unpadded base64.
/// <https://spec.matrix.org/v1.18/appendices/#signing-details>
public record VerifyKey(String base64) {
    static final int BYTES = 32;

    public VerifyKey {
        if (UnpaddedBase64.decode(base64).filter(raw -> raw.length == BYTES).isEmpty()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not an Ed25519 public key.");
        }
    }

    /// Empty when the text is no key: for keys that strangers publish.
    public static Optional<VerifyKey> find(String base64) {
        return UnpaddedBase64.decode(base64)
                .filter(raw -> raw.length == BYTES)
                .map(raw -> new VerifyKey(UnpaddedBase64.encode(raw)));
    }

    /// Whether this key's owner signed the message. A malformed signature or key is simply no.
    public boolean verifies(byte[] message, byte[] signature) {
        var key = UnpaddedBase64.decode(base64).orElseThrow();
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }
}
