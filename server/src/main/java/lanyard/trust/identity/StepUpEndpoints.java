package lanyard.trust.identity;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;

/// The section "Step-up" of docs/api.md.
final class StepUpEndpoints {
    private final Identity identity;

    StepUpEndpoints(Identity identity) {
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/me/step-up", this::stepUp);
    }

    private Reply stepUp(Exchange exchange) {
        var caller = identity.caller(exchange);
        var body = exchange.body();
        var until = Json.optionalObject(body, "credential")
                .map(credential -> identity.stepUp().byPasskey(caller, credential))
                .orElseGet(() -> identity.stepUp().byCode(caller, Json.text(body, "code")));
        return Reply.json(Json.object().put("fresh_until_ts", until.toEpochMilli()));
    }
}
