package lanyard.messaging.push;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Identity;

/// <https://spec.matrix.org/v1.18/client-server-api/#receiving-notifications>
///
/// What could go wrong: a phone is told that it will be woken, and is not. So while nothing is sent, nothing is
/// accepted.
final class PusherEndpoints {
    private final Identity identity;

    PusherEndpoints(Identity identity) {
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/pushers", this::getPushers);
        routes.add("POST /_matrix/client/v3/pushers/set", this::postPusher);
    }

    private Reply getPushers(Exchange x) {
        identity.caller(x);
        var reply = Json.object();
        reply.putArray("pushers");
        return Reply.json(reply);
    }

    private Reply postPusher(Exchange x) {
        identity.caller(x);
        var body = x.body();
        Json.text(body, "app_id");
        Json.text(body, "pushkey");
        if (Json.optionalText(body, "kind").isEmpty()) {
            return Reply.empty();
        }
        throw new MatrixException(
                ErrorCode.M_FORBIDDEN, "This server sends no push notifications yet, so it does not promise any.");
    }
}
