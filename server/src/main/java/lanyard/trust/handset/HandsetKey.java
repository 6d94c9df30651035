package lanyard.trust.handset;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ObjectNode;

/// The public half of the credential a handset made for itself: ECDSA on P-256, as a JSON Web Key.
/// <https://www.rfc-editor.org/rfc/rfc7518#section-6.2>
final class HandsetKey {
    private static final int COORDINATE_BYTES = 32;
    private static final ECParameterSpec P256 = p256();

    private final String x;
    private final String y;

    private HandsetKey(String x, String y) {
        this.x = x;
        this.y = y;
    }

    /// Errors: `M_INVALID_PARAM` when it is not a public key on P-256, or carries a private one.
    static HandsetKey of(ObjectNode jwk) {
        if (!Json.text(jwk, "kty").equals("EC") || !Json.text(jwk, "crv").equals("P-256") || jwk.has("d")) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The handset's key must be the public half of an ECDSA key on P-256.");
        }
        var key = new HandsetKey(Json.text(jwk, "x"), Json.text(jwk, "y"));
        if (!isOnCurve(key.point())) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The handset's key is not a point on P-256.");
        }
        return key;
    }

    /// What is stored: only the members that make the key.
    String json() {
        var jwk = Json.object().put("crv", "P-256").put("kty", "EC").put("x", x).put("y", y);
        return new String(Json.bytes(jwk), StandardCharsets.UTF_8);
    }

    static HandsetKey ofStored(String json) {
        return of(Json.object(json.getBytes(StandardCharsets.UTF_8)));
    }

    /// Whether this key made `signature` (IEEE P1363: r and s side by side) over the message.
    boolean verifies(String message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(publicKey());
            verifier.update(message.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // Not even a signature.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has ECDSA on P-256", e);
        }
    }

    private ECPublicKey publicKey() throws GeneralSecurityException {
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point(), P256));
    }

    private ECPoint point() {
        return new ECPoint(coordinate(x), coordinate(y));
    }

    private static BigInteger coordinate(String base64url) {
        try {
            var bytes = Base64.getUrlDecoder().decode(base64url);
            if (bytes.length == COORDINATE_BYTES) {
                return new BigInteger(1, bytes);
            }
        } catch (IllegalArgumentException e) {
            throw notACoordinate();
        }
        throw notACoordinate();
    }

    private static MatrixException notACoordinate() {
        return new MatrixException(
                ErrorCode.M_INVALID_PARAM, "The handset's key must have x and y of 32 bytes in base64url.");
    }

    /// y² = x³ + ax + b, with both coordinates below p: Java does not check it, and a point elsewhere gives a key away.
    private static boolean isOnCurve(ECPoint point) {
        var p = ((ECFieldFp) P256.getCurve().getField()).getP();
        var x = point.getAffineX();
        var y = point.getAffineY();
        var right = x.pow(3)
                .add(P256.getCurve().getA().multiply(x))
                .add(P256.getCurve().getB());
        return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right.mod(p));
    }

    private static ECParameterSpec p256() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }
}
