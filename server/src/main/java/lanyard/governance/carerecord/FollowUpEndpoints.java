package lanyard.governance.carerecord;

import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Identity;

/// What follows a decision: "Decisions" in `docs/api.md`.
final class FollowUpEndpoints {
    private final CareRecord careRecord;
    private final Identity identity;

    FollowUpEndpoints(CareRecord careRecord, Identity identity) {
        this.careRecord = careRecord;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/decisions/{id}/error", this::markInError);
        routes.add("POST /_lanyard/v1/decisions/{id}/confirm", this::confirmDecision);
        routes.add("GET /_lanyard/v1/decisions/{id}/paste", this::getWordsToPaste);
        routes.add("POST /_lanyard/v1/decisions/{id}/pasted", this::pastedDecision);
    }

    private Reply markInError(Exchange exchange) {
        var caller = identity.caller(exchange);
        var body = exchange.body();
        var asked = new FollowUps.NewError(
                Json.text(body, "request_id"),
                ErrorReason.of(Json.text(body, "reason")),
                Json.optionalText(body, "words"));
        return signed(careRecord.markInError(caller, DecisionEndpoints.id(exchange), asked));
    }

    private Reply confirmDecision(Exchange exchange) {
        var caller = identity.caller(exchange);
        var requestId = Json.text(exchange.body(), "request_id");
        return signed(careRecord.confirm(caller, DecisionEndpoints.id(exchange), requestId));
    }

    private static Reply signed(Decision entry) {
        return Reply.json(
                201,
                Json.object()
                        .put("decision_id", entry.id().toString())
                        .put("status", entry.status().word()));
    }

    private Reply getWordsToPaste(Exchange exchange) {
        var caller = identity.caller(exchange);
        return Reply.json(Json.object().put("text", careRecord.wordsToPaste(caller, DecisionEndpoints.id(exchange))));
    }

    private Reply pastedDecision(Exchange exchange) {
        var caller = identity.caller(exchange);
        careRecord.pasted(caller, DecisionEndpoints.id(exchange), Json.text(exchange.body(), "reference"));
        return Reply.empty();
    }
}
