package lanyard.trust.handset;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import lanyard.platform.http.TestHttp;
import lanyard.platform.http.TestHttp.Answer;
import lanyard.platform.json.Json;
import lanyard.trust.passkey.TestPasskey;
import tools.jackson.databind.node.ObjectNode;

/// What the app does on a phone: a credential of its own, and the proof of a passcode.
public final class TestPhone {
    private final TestHttp http;
    private final KeyPair key;
    public String id = "";

    public TestPhone(TestHttp http) {
        this(http, newKey());
    }

    private TestPhone(TestHttp http, KeyPair key) {
        this.http = http;
        this.key = key;
    }

    /// The same phone, talking to another server.
    TestPhone on(TestHttp other) {
        var phone = new TestPhone(other, key);
        phone.id = id;
        return phone;
    }

    public Answer enrol(String token) {
        var body =
                Json.object().put("name", "A phone").put("platform", "iPhone").put("policy_version", "1");
        body.set("public_key_jwk", jwk());
        var answer = http.post("/_lanyard/v1/handsets", token, body);
        if (answer.status() == 200) {
            id = Json.text(answer.json(), "handset_id");
        }
        return answer;
    }

    ObjectNode jwk() {
        var point = ((ECPublicKey) key.getPublic()).getW();
        return Json.object()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", coordinate(point.getAffineX().toByteArray()))
                .put("y", coordinate(point.getAffineY().toByteArray()))
                .put("ext", true);
    }

    private static String coordinate(byte[] signed) {
        var bytes = new byte[32];
        var from = Math.max(0, signed.length - 32);
        System.arraycopy(signed, from, bytes, 32 - (signed.length - from), signed.length - from);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public Answer newPasscode(String token, String passcode) {
        var body = Json.object().put("auth_proof", proof(passcode));
        return http.put("/_lanyard/v1/handsets/" + id + "/passcode", token, body);
    }

    public Answer challenge() {
        return http.post("/_lanyard/v1/handsets/" + id + "/challenge", null, Json.object());
    }

    public String nonce() {
        return Json.text(challenge().json(), "nonce");
    }

    /// The whole way: challenge, signature, proof.
    public Answer open(String passcode) {
        var challenge = challenge();
        return challenge.status() == 200 ? open(passcode, Json.text(challenge.json(), "nonce")) : challenge;
    }

    Answer open(String passcode, String nonce) {
        return open(passcode, nonce, signature(nonce));
    }

    Answer open(String passcode, String nonce, String signature) {
        var body = Json.object().put("nonce", nonce).put("signature", signature).put("auth_proof", proof(passcode));
        return http.post("/_lanyard/v1/handsets/" + id + "/share", null, body);
    }

    /// A share for the wrap that a passkey opens.
    Answer newPasskey(String token, String passkey) {
        return http.put(
                "/_lanyard/v1/handsets/" + id + "/prf", token, Json.object().put("passkey_id", passkey));
    }

    Answer passkeyOptions() {
        return http.post("/_lanyard/v1/handsets/" + id + "/prf/options", null, Json.object());
    }

    /// The whole way by passkey.
    Answer open(TestPasskey passkey) {
        var options = passkeyOptions();
        return options.status() == 200
                ? open(passkey.get(Json.objectField(options.json(), "publicKey")), nonce())
                : options;
    }

    Answer open(ObjectNode credential, String nonce) {
        var body = Json.object().put("nonce", nonce).put("signature", signature(nonce));
        body.set("credential", credential);
        return http.post("/_lanyard/v1/handsets/" + id + "/prf/share", null, body);
    }

    String signature(String nonce) {
        return signed("lanyard share\n" + id + "\n" + nonce);
    }

    /// Says that what the app kept is deleted, as the phone's last word.
    public Answer reportDeleted(String nonce) {
        return reportDeleted(nonce, signed("lanyard wiped\n" + id + "\n" + nonce));
    }

    Answer reportDeleted(String nonce, String signature) {
        var body = Json.object().put("nonce", nonce).put("signature", signature);
        return http.post("/_lanyard/v1/handsets/" + id + "/wiped", null, body);
    }

    String signed(String text) {
        try {
            var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key.getPrivate());
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String proof(String passcode) {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(passcode.getBytes(StandardCharsets.UTF_8), 32));
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
