package lanyard.standards.matrix;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

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
        try {
            var check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey());
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException notAPointOrNotASignature) {
            return false;
        }
    }

    /// RFC 8032 §5.1.2: little-endian y, with the sign of x in the highest bit.
    private PublicKey publicKey() throws GeneralSecurityException {
        var raw = UnpaddedBase64.decode(base64).orElseThrow();
        var bigEndian = new byte[BYTES];
        for (var i = 0; i < BYTES; i++) {
            bigEndian[i] = raw[BYTES - 1 - i];
        }
        var xIsOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        var point = new EdECPoint(xIsOdd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
