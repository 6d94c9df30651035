package lanyard.messaging.account;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Small services around an account: relays for calls, tokens for other services.
final class ServiceEndpoints {
    private final AccountParts parts;
    private final OpenIds openIds;

    ServiceEndpoints(AccountParts parts, OpenIds openIds) {
        this.parts = parts;
        this.openIds = openIds;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/voip/turnServer", this::getTurnServer);
        routes.add("POST /_matrix/client/v3/user/{userId}/openid/request_token", this::requestOpenIdToken);
    }

    private Reply getTurnServer(Exchange x) {
        parts.identity().caller(x);
        return Reply.json(new TurnCredentials(parts.settings().turn(), parts.given()).fresh());
    }

    private Reply requestOpenIdToken(Exchange x) {
        var caller = parts.identity().caller(x);
        if (!caller.user().value().equals(x.param("userId"))) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You can only prove who you are yourself.");
        }
        return Reply.json(Json.object()
                .put("access_token", openIds.token(caller.user()))
                .put("token_type", "Bearer")
                .put("matrix_server_name", caller.user().server().value())
                .put("expires_in", OpenIds.LIFETIME.toSeconds()));
    }
}
