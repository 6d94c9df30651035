package lanyard.governance.minimise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lanyard.messaging.room.RoomKind;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.RateLimit;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `docs/api.md`, Minimising.
final class MinimiseEndpoints {
    private static final Set<String> IDENTIFIERS = Set.of(
            "nhs-number",
            "person-number",
            "birth-date",
            "patient-name",
            "name",
            "postcode",
            "phone",
            "hospital-number",
            "address");
    private static final int MOST_AT_ONCE = 50;
    private static final int LONGEST_REQUEST = 100;
    private static final Pattern RULE = Pattern.compile("G[0-9]{2}");

    private final Minimising minimising;
    private final Identity identity;
    private final RateLimit limit = new RateLimit(true, 60, 60, Duration.ofMinutes(10));

    MinimiseEndpoints(Minimising minimising, Identity identity) {
        this.minimising = minimising;
        this.identity = identity;
    }

    void addTo(Routes routes) {
        routes.add("POST /_lanyard/v1/nudges", this::countNudges);
        routes.add("POST /_lanyard/v1/feedback", this::giveFeedback);
        routes.add("POST /_lanyard/v1/break-glass", this::breakGlass);
        routes.add("GET /_lanyard/v1/me/induction", this::getInduction);
        routes.add("PUT /_lanyard/v1/me/induction", this::acceptInduction);
    }

    private Caller limited(Exchange x) {
        var caller = identity.caller(x);
        limit.take(caller.user().value());
        return caller;
    }

    private Reply countNudges(Exchange x) {
        var caller = limited(x);
        var body = x.body();
        var kind = Json.text(body, "room_kind");
        if (!kind.equals("other") && RoomKind.find(kind).isEmpty()) {
            throw invalid("A conversation is clinical, operational, social or other.");
        }
        minimising.count(caller, counts(kind, Json.objectField(body, "counts")));
        return Reply.empty();
    }

    private static List<NudgeCount> counts(String kind, ObjectNode said) {
        var counts = new ArrayList<NudgeCount>();
        for (var one : said.properties()) {
            if (!IDENTIFIERS.contains(one.getKey()) || !one.getValue().isObject()) {
                throw invalid("There is no identifier of that kind.");
            }
            var number = one.getValue();
            counts.add(new NudgeCount(
                    kind, one.getKey(), number(number, "shown"), number(number, "replaced"), number(number, "kept")));
        }
        return counts;
    }

    private static long number(JsonNode counts, String field) {
        var number = counts.path(field).asLong(-1);
        if (number < 0 || number > MOST_AT_ONCE) {
            throw invalid("Counts are from 0 to " + MOST_AT_ONCE + ".");
        }
        return number;
    }

    private Reply giveFeedback(Exchange x) {
        var caller = limited(x);
        var body = x.body();
        var rule = Json.text(body, "rule");
        var useful = body.path("useful");
        if (!RULE.matcher(rule).matches() || !useful.isBoolean()) {
            throw invalid("Say of which rule of the guidance, and whether it was useful.");
        }
        minimising.feedback(caller, rule, useful.booleanValue());
        return Reply.empty();
    }

    /// Has no limit: it says what has happened.
    private Reply breakGlass(Exchange x) {
        var caller = identity.caller(x);
        var body = x.body();
        var reason = Json.text(body, "reason");
        var why = Arrays.stream(BrokenGlass.Why.values())
                .filter(one -> one.word().equals(reason))
                .findFirst()
                .orElseThrow(() -> invalid("The reason is emergency or no_other_way."));
        var request = Json.text(body, "request_id");
        if (!Json.text(body, "what").equals("identifier_kept") || request.length() > LONGEST_REQUEST) {
            throw invalid(
                    "What was done is identifier_kept; a request_id has up to " + LONGEST_REQUEST + " characters.");
        }
        minimising.breakGlass(caller, new RoomId(Json.text(body, "room_id")), why, request);
        return Reply.empty();
    }

    private Reply getInduction(Exchange x) {
        var caller = identity.caller(x);
        var induction = minimising.induction();
        return Reply.json(Json.object()
                .put("accepted", induction.accepted(caller.user()))
                .put("wanted", induction.wanted(caller.organization())));
    }

    private Reply acceptInduction(Exchange x) {
        var caller = identity.caller(x);
        minimising.induction().accept(caller, x.body().path("version").asInt(-1));
        return Reply.empty();
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }
}
