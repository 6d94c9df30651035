package lanyard.governance.carerecord;

import java.util.Optional;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.JsonNode;

/// The worklist of decisions in `docs/api.md`.
final class WorklistEndpoints {
    private final CareRecord careRecord;
    private final Identity identity;

    WorklistEndpoints(CareRecord careRecord, Identity identity) {
        this.careRecord = careRecord;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/worklist/decisions", this::listWorklist);
        routes.add("POST /_lanyard/v1/worklist/decisions/{id}/retry", this::retryFromWorklist);
    }

    private Reply listWorklist(Exchange exchange) {
        var caller = identity.caller(exchange);
        var answer = Json.object();
        var decisions = answer.putArray("decisions");
        careRecord.worklist().list(caller).forEach(decision -> decisions.add(row(decision)));
        return Reply.json(answer);
    }

    private Reply retryFromWorklist(Exchange exchange) {
        var caller = identity.caller(exchange);
        var decision = careRecord.worklist().get(caller, DecisionEndpoints.id(exchange));
        careRecord.retryListed(caller, decision.id());
        return Reply.empty();
    }

    /// Without the record's own words: they may name the patient, and who reads this need not be in the conversation.
    private static JsonNode row(Decision decision) {
        var row = Json.object()
                .put("decision_id", decision.id().toString())
                .put("kind", decision.kind().word())
                .put("room_id", decision.room().value())
                .put("status", decision.status().word())
                .put("sink", decision.sink().word())
                .put("author_user_id", decision.author().value())
                .put("decider_user_id", decision.decider().value())
                .put("written_ts", decision.writtenTs());
        Optional.ofNullable(decision.overdueTs()).ifPresent(at -> row.put("overdue_ts", at));
        return row;
    }
}
