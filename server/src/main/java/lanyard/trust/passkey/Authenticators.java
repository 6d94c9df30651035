package lanyard.trust.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Checks what authenticators answer. The cryptography and WebAuthn's long list of steps are webauthn4j's; what is
/// asked of them is ours: this server's name and address, the person checked by the authenticator, no other page in
/// between. <https://www.w3.org/TR/webauthn-3/#sctn-rp-operations>
final class Authenticators {
    static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            algorithm(COSEAlgorithmIdentifier.ES256),
            algorithm(COSEAlgorithmIdentifier.EdDSA),
            algorithm(COSEAlgorithmIdentifier.RS256));
    private static final int LONGEST_FIELD = 64 * 1024;
    private static final boolean PERSON_CHECKED = true;

    private final String rpId;
    private final Origin origin;
    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);

    Authenticators(URI publicUrl) {
        rpId = publicUrl.getHost();
        origin = new Origin(publicUrl.getScheme() + "://" + publicUrl.getAuthority());
        // The store compares and keeps the counter in one statement, so that of two copies at once only one passes.
        manager.getAuthenticationDataVerifier().setMaliciousCounterValueHandler(seen -> {});
    }

    String rpId() {
        return rpId;
    }

    /// Errors: `M_INVALID_PARAM`.
    RegistrationData registration(ObjectNode credential) {
        var response = response(credential);
        try {
            return manager.parse(
                    new RegistrationRequest(bytes(response, "attestationObject"), bytes(response, "clientDataJSON")));
        } catch (DataConversionException | JacksonException e) {
            throw notWebAuthn();
        }
    }

    /// Errors: `M_INVALID_PARAM`.
    AuthenticationData assertion(ObjectNode credential) {
        var response = response(credential);
        try {
            return manager.parse(new AuthenticationRequest(
                    bytes(credential, "id"),
                    Json.optionalText(response, "userHandle")
                            .map(Authenticators::decoded)
                            .orElse(null),
                    bytes(response, "authenticatorData"),
                    bytes(response, "clientDataJSON"),
                    bytes(response, "signature")));
        } catch (DataConversionException | JacksonException e) {
            throw notWebAuthn();
        }
    }

    /// What the browser says it was asked to sign.
    static byte[] challenge(@Nullable CollectedClientData client) {
        if (client == null || client.getChallenge() == null) {
            throw notWebAuthn();
        }
        return client.getChallenge().getValue();
    }

    /// The new credential, to be kept. Errors: `M_FORBIDDEN`.
    PasskeyStore.Credential check(RegistrationData data, byte[] challenge) {
        try {
            manager.verify(data, new RegistrationParameters(server(challenge), ALGORITHMS, PERSON_CHECKED));
        } catch (VerificationException e) {
            throw refused(e);
        }
        var authenticator = data.getAttestationObject().getAuthenticatorData();
        var credential = authenticator.getAttestedCredentialData();
        if (credential == null) {
            throw notWebAuthn();
        }
        return new PasskeyStore.Credential(
                encoded(credential.getCredentialId()),
                credentials.convert(credential),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS());
    }

    /// Errors: `M_FORBIDDEN`.
    void check(AuthenticationData data, PasskeyStore.Credential known, byte[] challenge) {
        var record = new CredentialRecordImpl(
                new NoneAttestationStatement(),
                PERSON_CHECKED,
                known.backupEligible(),
                known.backedUp(),
                known.signCount(),
                credentials.convert(known.publicKey()),
                null,
                null,
                null,
                null);
        try {
            manager.verify(data, new AuthenticationParameters(server(challenge), record, null, PERSON_CHECKED));
        } catch (VerificationException e) {
            throw refused(e);
        }
    }

    private ServerProperty server(byte[] challenge) {
        return ServerProperty.builder()
                .origin(origin)
                .rpId(rpId)
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    /// What `prf` gave is half of what opens a phone: it is for the phone alone.
    private static ObjectNode response(ObjectNode credential) {
        var prf = Json.optionalObject(credential, "clientExtensionResults")
                .flatMap(results -> Json.optionalObject(results, "prf"));
        if (prf.filter(p -> p.has("results")).isPresent()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Keep what prf gave on the phone: leave prf.results out.");
        }
        return Json.objectField(credential, "response");
    }

    static List<String> transports(ObjectNode response) {
        var transports = new TreeSet<String>();
        response.path("transports").forEach(transport -> {
            if (transport.isString() && transport.stringValue().matches("[a-z-]{1,20}")) {
                transports.add(transport.stringValue());
            }
        });
        return List.copyOf(transports);
    }

    private static byte[] bytes(ObjectNode object, String field) {
        return decoded(Json.text(object, field));
    }

    private static byte[] decoded(String text) {
        if (text.isEmpty() || text.length() > LONGEST_FIELD) {
            throw notWebAuthn();
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw notWebAuthn();
        }
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier algorithm) {
        return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm);
    }

    private static MatrixException refused(VerificationException why) {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                why instanceof UserNotVerifiedException
                        ? "That passkey did not check that it is you. Switch its PIN, finger or face on, or use another."
                        : "That passkey could not be checked. Try again.");
    }

    private static MatrixException notWebAuthn() {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not what an authenticator answers.");
    }
}
