package lanyard.trust.passkey;

import java.util.Base64;
import java.util.List;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the browser is asked, in WebAuthn's JSON. The person is always checked, and the credential always found without
/// a user name. <https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptionsjson>
record PublicKeyOptions(String rpId) {
    private static final String NAME = "Lanyard";
    private static final String REQUIRED = "required";

    /// Who a new passkey is for, as the authenticator keeps and shows it.
    record Owner(byte[] handle, String name, String displayName) {}

    ObjectNode creation(String challenge, Owner owner, List<Passkey> known) {
        var options = Json.object();
        options.putObject("rp").put("id", rpId).put("name", NAME);
        options.putObject("user")
                .put("id", Base64.getUrlEncoder().withoutPadding().encodeToString(owner.handle()))
                .put("name", owner.name())
                .put("displayName", owner.displayName());
        options.put("challenge", challenge);
        var algorithms = options.putArray("pubKeyCredParams");
        for (var algorithm : Authenticators.ALGORITHMS) {
            algorithms
                    .addObject()
                    .put("type", "public-key")
                    .put("alg", algorithm.getAlg().getValue());
        }
        options.put("timeout", Challenges.LIFE.toMillis());
        descriptors(options.putArray("excludeCredentials"), known);
        options.putObject("authenticatorSelection")
                .put("residentKey", REQUIRED)
                .put("requireResidentKey", true)
                .put("userVerification", REQUIRED);
        options.put("attestation", "none");
        options.putObject("extensions").put("credProps", true).putObject("prf");
        return options;
    }

    /// `allowed` is empty when anybody may answer.
    ObjectNode request(String challenge, List<Passkey> allowed) {
        var options = Json.object()
                .put("challenge", challenge)
                .put("timeout", Challenges.LIFE.toMillis())
                .put("rpId", rpId)
                .put("userVerification", REQUIRED);
        descriptors(options.putArray("allowCredentials"), allowed);
        return options;
    }

    private static void descriptors(ArrayNode into, List<Passkey> passkeys) {
        for (var passkey : passkeys) {
            var transports = into.addObject()
                    .put("type", "public-key")
                    .put("id", passkey.id())
                    .putArray("transports");
            passkey.transports().forEach(transports::add);
        }
    }
}
