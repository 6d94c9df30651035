package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// "Decisions" in `docs/api.md`.
final class DecisionEndpoints {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final CareRecord careRecord;
    private final Identity identity;

    DecisionEndpoints(CareRecord careRecord, Identity identity) {
        this.careRecord = careRecord;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("GET /_lanyard/v1/record", this::getRecord);
        routes.add("POST /_lanyard/v1/rooms/{roomId}/decisions", this::createDecision);
        routes.add("GET /_lanyard/v1/rooms/{roomId}/decisions", this::listDecisions);
        routes.add("GET /_lanyard/v1/decisions/{id}", this::getDecision);
        routes.add("POST /_lanyard/v1/decisions/{id}/query", this::queryDecision);
        routes.add("DELETE /_lanyard/v1/decisions/{id}/query", this::withdrawQuery);
        routes.add("POST /_lanyard/v1/decisions/{id}/retry", this::retryDecision);
    }

    /// So that nobody is told that the record has what only a folder has.
    private Reply getRecord(Exchange exchange) {
        var sink = careRecord.worklist().sink(identity.caller(exchange));
        return Reply.json(Json.object().put("sink", sink.word()));
    }

    private Reply createDecision(Exchange exchange) {
        var caller = identity.caller(exchange);
        var body = exchange.body();
        var asked = new NewDecision(
                new RoomId(exchange.param("roomId")),
                Json.text(body, "request_id"),
                events(body),
                new EventId(Json.text(body, "summary_event_id")),
                Json.text(body, "summary"),
                Instant.ofEpochMilli(number(body, "decided_ts")
                        .filter(ts -> ts > 0)
                        .orElseThrow(() -> bad("decided_ts must be a time in milliseconds."))),
                new UserId(Json.text(body, "decider_user_id")),
                Json.optionalText(body, "adviser_user_id").map(UserId::new),
                Json.optionalText(body, "replaces").map(DecisionEndpoints::id),
                number(body, "patient_version").map(Math::toIntExact),
                Json.optionalArray(body, "image_media_ids")
                        .map(list -> strings(list, "image_media_ids must be a list of ids of files."))
                        .orElse(List.of()));
        var decision = careRecord.decide(caller, asked);
        return Reply.json(
                201,
                Json.object()
                        .put("decision_id", decision.id().toString())
                        .put("status", decision.status().word()));
    }

    private static List<EventId> events(ObjectNode body) {
        var complaint = "source_event_ids must be a list of event ids.";
        var list = Json.optionalArray(body, "source_event_ids").orElseThrow(() -> bad(complaint));
        return strings(list, complaint).stream().map(EventId::new).toList();
    }

    private static List<String> strings(ArrayNode list, String complaint) {
        var strings = new ArrayList<String>();
        for (var item : list) {
            if (!item.isString()) {
                throw bad(complaint);
            }
            strings.add(item.stringValue());
        }
        return strings;
    }

    private static Optional<Long> number(ObjectNode body, String field) {
        var value = body.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(field + " must be a whole number.");
        }
        return Optional.of(value.longValue());
    }

    private static MatrixException bad(String sentence) {
        return new MatrixException(ErrorCode.M_BAD_JSON, sentence);
    }

    private Reply listDecisions(Exchange exchange) {
        var caller = identity.caller(exchange);
        var answer = Json.object();
        var decisions = answer.putArray("decisions");
        careRecord
                .list(caller, new RoomId(exchange.param("roomId")))
                .forEach(decision -> decisions.add(shown(decision)));
        return Reply.json(answer);
    }

    private Reply getDecision(Exchange exchange) {
        var caller = identity.caller(exchange);
        var decision = careRecord.get(caller, id(exchange));
        var shown = shown(decision);
        careRecord.pictures().list(decision.id()).forEach(image -> {
            var one = shown.withArray("images").addObject().put("media_id", image.media());
            Optional.ofNullable(image.reference()).ifPresent(reference -> one.put("reference", reference));
        });
        return Reply.json(shown);
    }

    private Reply queryDecision(Exchange exchange) {
        careRecord.query(identity.caller(exchange), id(exchange));
        return Reply.empty();
    }

    private Reply withdrawQuery(Exchange exchange) {
        careRecord.withdrawQuery(identity.caller(exchange), id(exchange));
        return Reply.empty();
    }

    private Reply retryDecision(Exchange exchange) {
        careRecord.retry(identity.caller(exchange), id(exchange));
        return Reply.empty();
    }

    static UUID id(Exchange exchange) {
        return id(exchange.param("id"));
    }

    private static UUID id(String id) {
        if (!ID.matcher(id).matches()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such decision.");
        }
        return UUID.fromString(id);
    }

    private ObjectNode shown(Decision decision) {
        var shown = Json.object()
                .put("decision_id", decision.id().toString())
                .put("status", decision.status().word())
                .put("sink", decision.sink().word())
                .put("author_user_id", decision.author().value())
                .put("decider_user_id", decision.decider().value())
                .put("confirmed", !decision.isUnconfirmed())
                .put("kind", decision.kind().word())
                .put("decided_ts", decision.decidedTs())
                .put("summary_event_id", decision.summaryEvent().value());
        careRecord.reason(decision).ifPresent(reason -> shown.put("reason", reason));
        careRecord.keptBecause(decision).ifPresent(because -> shown.put("kept_because", because));
        Optional.ofNullable(decision.adviser()).ifPresent(user -> shown.put("adviser_user_id", user.value()));
        Optional.ofNullable(decision.pastedBy()).ifPresent(user -> shown.put("pasted_by", user.value()));
        Optional.ofNullable(decision.about()).ifPresent(about -> shown.put("about", about.toString()));
        Optional.ofNullable(decision.overdueTs())
                .filter(_ -> !decision.status().isOver())
                .ifPresent(at -> shown.put("overdue_ts", at));
        Optional.ofNullable(decision.reference()).ifPresent(reference -> shown.put("reference", reference));
        Optional.ofNullable(decision.acknowledgedTs()).ifPresent(at -> shown.put("acknowledged_ts", at));
        Optional.ofNullable(decision.originalsGoTs()).ifPresent(at -> shown.put("originals_go_ts", at));
        var sources = shown.putArray("source_event_ids");
        decision.sources().forEach(source -> sources.add(source.event().value()));
        var queries = shown.putArray("queried_by");
        decision.queriedBy().forEach(user -> queries.add(user.value()));
        var followUps = shown.putArray("follow_ups");
        decision.followUps().forEach(followUp -> followUps.add(shown(followUp)));
        return shown;
    }

    private static JsonNode shown(Decision.FollowUp followUp) {
        var shown = Json.object()
                .put("decision_id", followUp.id().toString())
                .put("kind", followUp.kind().word())
                .put("status", followUp.status().word())
                .put("author_user_id", followUp.author().value());
        Optional.ofNullable(followUp.errorReason()).ifPresent(reason -> shown.put("error_reason", reason));
        return shown;
    }
}
