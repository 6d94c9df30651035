package lanyard.messaging.account;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#push-rules-api>, reading only, and the list of pushers, which is
/// empty
/// until push exists.
final class PushEndpoints {
    private final AccountParts parts;

    PushEndpoints(AccountParts parts) {
        this.parts = parts;
    }

    void addTo(Routes routes) {
        routes.add("GET /_matrix/client/v3/pushrules/", this::getPushRules);
        routes.add("GET /_matrix/client/v3/pushrules", this::getPushRules);
        routes.add("GET /_matrix/client/v3/pushrules/global/", this::getPushRulesGlobal);
        routes.add("GET /_matrix/client/v3/pushers", this::getPushers);
    }

    private Reply getPushRules(Exchange x) {
        return Reply.json(PushRules.of(parts.identity().caller(x).user()));
    }

    private Reply getPushRulesGlobal(Exchange x) {
        var rules = PushRules.of(parts.identity().caller(x).user());
        return Reply.json((ObjectNode) rules.get("global"));
    }

    private Reply getPushers(Exchange x) {
        parts.identity().caller(x);
        var reply = Json.object();
        reply.putArray("pushers");
        return Reply.json(reply);
    }
}
