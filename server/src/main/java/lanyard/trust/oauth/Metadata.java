package lanyard.trust.oauth;

import java.util.List;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#get_matrixclientv1auth_metadata>. Tokens are opaque and nothing is
/// signed for clients, so the set of keys is published and empty.
final class Metadata {
    static final String LINK_PAGE = "/link";
    static final String ACCOUNT_PAGE = "/account";
    private static final List<String> ACTIONS = List.of(
            "org.matrix.profile",
            "org.matrix.devices_list",
            "org.matrix.device_view",
            "org.matrix.device_delete",
            "org.matrix.account_deactivate",
            "org.matrix.cross_signing_reset");

    private Metadata() {}

    static ObjectNode of(OAuthParts parts) {
        var json = Json.object().put("issuer", parts.at("/").toString());
        json.put("authorization_endpoint", parts.at(OAuthEndpoints.AUTHORIZE).toString());
        json.put("token_endpoint", parts.at(OAuthEndpoints.TOKEN).toString());
        json.put("revocation_endpoint", parts.at(OAuthEndpoints.REVOKE).toString());
        json.put("jwks_uri", parts.at(OAuthEndpoints.KEYS).toString());
        json.put("registration_endpoint", parts.at(OAuthEndpoints.REGISTER).toString());
        json.put(
                "device_authorization_endpoint", parts.at(OAuthEndpoints.DEVICE).toString());
        json.put("account_management_uri", parts.at(ACCOUNT_PAGE).toString());
        add(json.putArray("account_management_actions_supported"), ACTIONS);
        add(json.putArray("response_types_supported"), List.of("code"));
        add(json.putArray("response_modes_supported"), List.of("query", "fragment"));
        add(
                json.putArray("grant_types_supported"),
                Registration.GRANTS.stream().sorted().toList());
        add(json.putArray("code_challenge_methods_supported"), List.of("S256"));
        add(json.putArray("token_endpoint_auth_methods_supported"), List.of("none"));
        add(json.putArray("dpop_signing_alg_values_supported"), KeyProofs.names());
        return json;
    }

    /// RFC 7517, section 5.
    static ObjectNode keys() {
        var json = Json.object();
        json.putArray("keys");
        return json;
    }

    private static void add(ArrayNode list, List<String> values) {
        values.forEach(list::add);
    }
}
