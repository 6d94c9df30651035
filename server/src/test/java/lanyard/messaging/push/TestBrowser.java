package lanyard.messaging.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What a browser that subscribed keeps, and how it opens what is pushed to it:
/// <https://www.rfc-editor.org/rfc/rfc8291>.
final class TestBrowser {
    private static final int SALT = 16;
    private static final int POINT = 65;

    final String endpoint;
    private final PrivateKey privateKey;
    private final byte[] publicPoint;
    private final byte[] auth;

    TestBrowser(String endpoint) {
        this.endpoint = endpoint;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            privateKey = pair.getPrivate();
            publicPoint = point((ECPublicKey) pair.getPublic());
            auth = new byte[SALT];
            new SecureRandom().nextBytes(auth);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// With keys that are known, as base64url.
    TestBrowser(String privateKey, String publicPoint, String auth) throws GeneralSecurityException {
        this.endpoint = "";
        this.privateKey = KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes(privateKey)), p256()));
        this.publicPoint = bytes(publicPoint);
        this.auth = bytes(auth);
    }

    ObjectNode subscription() {
        var body = Json.object().put("endpoint", endpoint);
        body.putObject("keys").put("p256dh", base64(publicPoint)).put("auth", base64(auth));
        return body;
    }

    String open(byte[] body) throws GeneralSecurityException {
        var salt = Arrays.copyOf(body, SALT);
        var header = ByteBuffer.wrap(body, SALT, body.length - SALT);
        header.getInt();
        var theirs = new byte[header.get()];
        header.get(theirs);
        var sealed = new byte[header.remaining()];
        header.get(sealed);

        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(privateKey);
        agreement.doPhase(publicKey(theirs), true);
        var info = join("WebPush: info\0".getBytes(US_ASCII), publicPoint, theirs);
        var secret = hkdf(auth, agreement.generateSecret(), info, 32);
        var key = hkdf(salt, secret, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), 16);
        var nonce = hkdf(salt, secret, "Content-Encoding: nonce\0".getBytes(US_ASCII), 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        var plain = cipher.doFinal(sealed);
        var end = plain.length;
        while (plain[end - 1] == 0) {
            end--;
        }
        if (plain[end - 1] != 2) {
            throw new GeneralSecurityException("the delimiter of the last record is missing");
        }
        return new String(plain, 0, end - 1, UTF_8);
    }

    private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addSalt(salt)
                        .addIKM(secret)
                        .thenExpand(info, length));
    }

    static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
        var y = new BigInteger(1, Arrays.copyOfRange(point, 33, POINT));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), p256()));
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] point(ECPublicKey key) {
        return join(
                new byte[] {4},
                coordinate(key.getW().getAffineX()),
                coordinate(key.getW().getAffineY()));
    }

    private static byte[] coordinate(BigInteger number) {
        var signed = number.toByteArray();
        var fixed = new byte[32];
        var length = Math.min(signed.length, 32);
        System.arraycopy(signed, signed.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static byte[] join(byte[]... parts) {
        var all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
