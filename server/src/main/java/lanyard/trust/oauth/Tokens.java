package lanyard.trust.oauth;

import lanyard.platform.json.Json;
import lanyard.trust.identity.NewSession;
import tools.jackson.databind.node.ObjectNode;

/// <https://www.rfc-editor.org/rfc/rfc6749#section-5.1>
final class Tokens {
    private Tokens() {}

    static ObjectNode json(NewSession session, boolean bound) {
        var json =
                Json.object().put("access_token", session.accessToken()).put("token_type", bound ? "DPoP" : "Bearer");
        session.renewal()
                .ifPresent(renewal -> json.put("expires_in", renewal.lifetime().toSeconds())
                        .put("refresh_token", renewal.refreshToken()));
        return json.put("scope", MatrixScope.given(session.device()));
    }
}
