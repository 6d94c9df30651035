package lanyard.messaging.urgent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lanyard.messaging.urgent.Answering.Said;
import lanyard.messaging.urgent.UrgentStore.AskedOf;
import lanyard.messaging.urgent.UrgentStore.StepOf;
import lanyard.platform.http.Exchange;
import lanyard.platform.http.Reply;
import lanyard.platform.http.Routes;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Urgent messages over HTTP: `docs/api.md`, Urgent.
final class UrgentEndpoints {
    private static final String PATH = "/_lanyard/v1/urgent";
    private static final Duration SHOWN = Duration.ofDays(7);
    private static final int MOST_SHOWN = 100;

    private final UrgentParts parts;
    private final UrgentStore store;
    private final Announcing announcing;
    private final Answering answering;

    UrgentEndpoints(UrgentParts parts, UrgentStore store, Announcing announcing, Answering answering) {
        this.parts = parts;
        this.store = store;
        this.announcing = announcing;
        this.answering = answering;
    }

    void addTo(Routes routes) {
        routes.add("POST " + PATH, this::announceUrgent);
        routes.add("GET " + PATH, this::listUrgent);
        routes.add("PUT " + PATH + "/{urgentId}/event", this::setUrgentEvent);
        routes.add("POST " + PATH + "/{urgentId}/seen", this::seeUrgent);
        routes.add("POST " + PATH + "/{urgentId}/answer", this::answerUrgent);
        routes.add("POST " + PATH + "/{urgentId}/end", this::endUrgent);
    }

    private Caller caller(Exchange x) {
        return parts.others().identity().caller(x);
    }

    private Reply announceUrgent(Exchange x) {
        var caller = caller(x);
        var body = x.body();
        var broadcast = broadcast(body);
        var to = Json.optionalObject(body, "to").orElseGet(Json::object);
        var order = new Announcing.Order(
                caller,
                Json.text(body, "request_id"),
                new RoomId(Json.text(body, "room_id")),
                broadcast,
                users(to),
                Json.optionalText(to, "role_id"),
                broadcast ? 0 : Math.clamp(Json.longField(body, "reply_within_minutes"), 0, 1_000));
        var urgency = announcing.announce(order);
        var reply = Json.object()
                .put("urgent_id", urgency.id())
                .put("state", urgency.standing().word());
        var people = reply.putArray("people");
        parts.ground()
                .database()
                .read(tx -> store.listAsked(tx, urgency.id()))
                .forEach(asked -> people.add(asked.user().value()));
        return Reply.json(201, reply);
    }

    private static boolean broadcast(ObjectNode body) {
        return switch (Json.optionalText(body, "kind").orElse("urgent")) {
            case "urgent" -> false;
            case "broadcast" -> true;
            default -> throw new MatrixException(ErrorCode.M_INVALID_PARAM, "kind is urgent or broadcast.");
        };
    }

    private static List<UserId> users(ObjectNode to) {
        var users = new ArrayList<UserId>();
        for (var user : Json.optionalArray(to, "user_ids").orElseGet(Json::array)) {
            users.add(new UserId(user.asString("")));
        }
        return List.copyOf(users);
    }

    private Reply setUrgentEvent(Exchange x) {
        answering.event(caller(x), x.param("urgentId"), new EventId(Json.text(x.body(), "event_id")));
        return Reply.empty();
    }

    private Reply seeUrgent(Exchange x) {
        answering.seen(caller(x), x.param("urgentId"));
        return Reply.empty();
    }

    private Reply answerUrgent(Exchange x) {
        var caller = caller(x);
        var body = x.body();
        var answer = Answer.find(Json.text(body, "answer"))
                .orElseThrow(() -> new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "The answer is acknowledged, on_my_way or cannot."));
        var to = Json.optionalObject(body, "pass_to");
        var said = new Said(
                answer,
                to.flatMap(one -> Json.optionalText(one, "user_id")).map(UserId::new),
                to.flatMap(one -> Json.optionalText(one, "role_id")));
        answering.answer(caller, x.param("urgentId"), said);
        return Reply.empty();
    }

    private Reply endUrgent(Exchange x) {
        answering.end(caller(x), x.param("urgentId"));
        return Reply.empty();
    }

    private Reply listUrgent(Exchange x) {
        var caller = caller(x);
        var database = parts.ground().database();
        var since = parts.now() - SHOWN.toMillis();
        var found = database.read(tx -> store.listOf(tx, caller.user(), since, MOST_SHOWN));
        var ids = found.stream().map(Urgency::id).toList();
        var asked = database.read(tx -> store.listAsked(tx, ids)).stream()
                .collect(Collectors.groupingBy(
                        AskedOf::urgent, Collectors.mapping(AskedOf::asked, Collectors.toList())));
        var steps = database.read(tx -> store.listSteps(tx, ids)).stream()
                .collect(Collectors.groupingBy(StepOf::urgent, Collectors.mapping(StepOf::step, Collectors.toList())));
        var reply = Json.object();
        var list = reply.putArray("urgent");
        found.forEach(urgency -> list.add(json(urgency, caller.user(), of(asked, urgency), of(steps, urgency))));
        return Reply.json(reply);
    }

    private static <T> List<T> of(Map<String, List<T>> all, Urgency urgency) {
        return Optional.ofNullable(all.get(urgency.id())).orElseGet(List::of);
    }

    private static ObjectNode json(Urgency urgency, UserId reader, List<Asked> asked, List<Step> steps) {
        var json = Json.object()
                .put("urgent_id", urgency.id())
                .put("kind", urgency.broadcast() ? "broadcast" : "urgent")
                .put("room_id", urgency.room().value())
                .put("from_user_id", urgency.sender().value())
                .put("sent_ts", urgency.sentTs())
                .put("state", urgency.standing().word());
        urgency.event().ifPresent(event -> json.put("event_id", event));
        if (!urgency.broadcast()) {
            json.put("due_ts", urgency.progress().dueTs()).put("reply_within_minutes", urgency.replyMinutes());
            var first = steps.getFirst();
            first.role().ifPresent(role -> json.put("role_id", role));
            first.roleName().ifPresent(name -> json.put("role_name", name));
            var list = json.putArray("steps");
            steps.forEach(step -> list.add(json(step)));
        }
        var everybody = !urgency.broadcast() || reader.equals(urgency.sender());
        var people = json.putArray("people");
        asked.stream().filter(one -> everybody || one.user().equals(reader)).forEach(one -> people.add(json(one)));
        return json;
    }

    private static ObjectNode json(Step step) {
        var json = Json.object().put("step", step.number()).put("due_ts", step.dueTs());
        step.role().ifPresent(role -> json.put("role_id", role));
        step.roleName().ifPresent(name -> json.put("role_name", name));
        if (step.lead()) {
            json.put("lead", true);
        }
        return json;
    }

    private static ObjectNode json(Asked asked) {
        var json = Json.object().put("user_id", asked.user().value()).put("step", asked.step());
        if (asked.quiet()) {
            json.put("off_duty", true);
        }
        asked.deliveredTs().ifPresent(ts -> json.put("delivered_ts", ts));
        asked.seenTs().ifPresent(ts -> json.put("seen_ts", ts));
        asked.answer().ifPresent(answer -> json.put("answer", answer.word()));
        asked.answeredTs().ifPresent(ts -> json.put("answered_ts", ts));
        asked.passedTo().ifPresent(to -> json.put("passed_to", to));
        return json;
    }
}
