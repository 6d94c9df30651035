package lanyard.trust.passkey;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// An authenticator in software, and the browser around it: answers `publicKey` options as `toJSON()` of the real ones.
/// What a good one would not do is switched on by the fields.
public final class TestPasskey {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final ObjectConverter CONVERTER = new ObjectConverter();

    private final byte[] id = new byte[16];
    private final KeyPair key;
    private byte[] handle = {1, 2, 3};

    /// Where the browser is.
    public String origin;
    /// The relying party it believes in.
    public String rpId;
    /// Whether it checked its person.
    public boolean checksPerson = true;
    /// Of the next signature; 0 for one that does not count.
    public long counter;
    /// Whether its maker keeps copies.
    public boolean backedUp = true;
    /// Whether our page was inside another's.
    public boolean crossOrigin;
    /// Whether it says whose it is when it signs.
    public boolean tellsHandle = true;

    public TestPasskey(String origin) {
        this.origin = origin;
        this.rpId = java.net.URI.create(origin).getHost();
        new SecureRandom().nextBytes(id);
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String id() {
        return TEXT.encodeToString(id);
    }

    /// `navigator.credentials.create({publicKey})`.
    public ObjectNode create(ObjectNode publicKey) {
        handle = Base64.getUrlDecoder().decode(Json.text(Json.objectField(publicKey, "user"), "id"));
        var cose = EC2COSEKey.create(
                (java.security.interfaces.ECPublicKey) key.getPublic(), COSEAlgorithmIdentifier.ES256);
        var credential = new AttestedCredentialData(AAGUID.ZERO, id, cose);
        var data = new AuthenticatorData<RegistrationExtensionAuthenticatorOutput>(
                sha256(rpId.getBytes(StandardCharsets.UTF_8)),
                (byte) (flags() | AuthenticatorData.BIT_AT),
                counter,
                credential);
        var attestation = new AttestationObjectConverter(CONVERTER)
                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
        var answer = credential();
        var response = answer.putObject("response")
                .put("clientDataJSON", TEXT.encodeToString(clientData("webauthn.create", publicKey)))
                .put("attestationObject", TEXT.encodeToString(attestation));
        response.putArray("transports").add("internal").add("hybrid");
        return answer;
    }

    /// `navigator.credentials.get({publicKey})`.
    public ObjectNode get(ObjectNode publicKey) {
        var data = new AuthenticatorDataConverter(CONVERTER)
                .convert(new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                        sha256(rpId.getBytes(StandardCharsets.UTF_8)), flags(), counter));
        var clientData = clientData("webauthn.get", publicKey);
        var answer = credential();
        var response = answer.putObject("response")
                .put("clientDataJSON", TEXT.encodeToString(clientData))
                .put("authenticatorData", TEXT.encodeToString(data))
                .put("signature", TEXT.encodeToString(signature(data, sha256(clientData))));
        if (tellsHandle) {
            response.put("userHandle", TEXT.encodeToString(handle));
        }
        return answer;
    }

    private ObjectNode credential() {
        var answer = Json.object().put("id", id()).put("rawId", id()).put("type", "public-key");
        answer.put("authenticatorAttachment", "platform");
        answer.putObject("clientExtensionResults").putObject("prf").put("enabled", true);
        return answer;
    }

    private byte flags() {
        var flags = AuthenticatorData.BIT_UP | AuthenticatorData.BIT_BE;
        flags |= checksPerson ? AuthenticatorData.BIT_UV : 0;
        flags |= backedUp ? AuthenticatorData.BIT_BS : 0;
        return (byte) flags;
    }

    private byte[] clientData(String type, ObjectNode publicKey) {
        return Json.bytes(Json.object()
                .put("type", type)
                .put("challenge", Json.text(publicKey, "challenge"))
                .put("origin", origin)
                .put("crossOrigin", crossOrigin));
    }

    private byte[] signature(byte[] data, byte[] clientDataHash) {
        try {
            var signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key.getPrivate());
            signer.update(data);
            signer.update(clientDataHash);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
