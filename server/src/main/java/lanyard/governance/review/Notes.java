package lanyard.governance.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.disclosure.CaseId;
import lanyard.governance.review.Withholding.Where;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What people have decided about a case's messages.
///
/// @param reviewed messages and edits that somebody has been through: what was taken later they have not
/// @param known messages and edits that the person who asks knows already, and why: they took part or were told
/// @param health messages that are health data wherever they were said
record Notes(
        List<Withholding> withholdings,
        Set<EventId> reviewed,
        Map<EventId, Mark> known,
        Map<EventId, Mark> health,
        List<Fetched> fetched) {
    static final String WITHHOLDING = "withholding";
    static final String REVIEWED = "reviewed";
    static final String KNOWN = "known";
    static final String HEALTH = "health";
    static final String FETCHED = "fetched";
    private static final String VERSIONS = "versions";

    /// Something that was said of a message.
    ///
    /// @param id by which it is taken back
    record Mark(String id, String why) {}

    /// A pack was handed to somebody of the office.
    record Fetched(int pack, UserId by, long ts) {}

    Notes {
        withholdings = List.copyOf(withholdings);
        reviewed = Set.copyOf(reviewed);
        known = Map.copyOf(known);
        health = Map.copyOf(health);
        fetched = List.copyOf(fetched);
    }

    boolean isReviewed(Item item) {
        return item.versions().stream().allMatch(version -> reviewed.contains(version.event()));
    }

    /// Why all that it says is known already.
    Optional<Mark> known(Item item) {
        return item.versions().stream().allMatch(version -> known.containsKey(version.event()))
                ? Optional.ofNullable(known.get(item.id()))
                : Optional.empty();
    }

    static Notes of(CaseFiles files, CaseId id, List<ReviewStore.NoteRow> rows) {
        var withholdings = new ArrayList<Withholding>();
        var reviewed = new HashSet<EventId>();
        var known = new HashMap<EventId, Mark>();
        var health = new HashMap<EventId, Mark>();
        var fetched = new ArrayList<Fetched>();
        for (var row : rows) {
            var json = Json.object(files.open(id, row.id(), row.sealed()));
            switch (row.kind()) {
                case WITHHOLDING -> withholdings.add(withholding(row, json));
                case REVIEWED -> reviewed.addAll(events(json));
                case KNOWN -> events(json).forEach(one -> known.put(one, mark(row, json)));
                case HEALTH -> health.put(event(json), mark(row, json));
                case FETCHED -> fetched.add(new Fetched(json.path("pack").asInt(), row.by(), row.ts()));
                default -> throw new IllegalStateException("a note of an unknown kind");
            }
        }
        return new Notes(withholdings, reviewed, known, health, fetched);
    }

    private static Mark mark(ReviewStore.NoteRow row, ObjectNode json) {
        return new Mark(row.id(), json.path("why").asString(""));
    }

    private static EventId event(ObjectNode json) {
        return new EventId(Json.text(json, "event_id"));
    }

    /// A note from before edits were named is about the message as it was first sent.
    private static List<EventId> events(ObjectNode json) {
        var events = new ArrayList<>(List.of(event(json)));
        json.path(VERSIONS).forEach(one -> events.add(new EventId(one.asString(""))));
        return events;
    }

    /// About a message with its edits as they are there.
    static ObjectNode about(Item item) {
        var json = Json.object().put("event_id", item.id().value());
        var versions = json.putArray(VERSIONS);
        item.versions().forEach(version -> versions.add(version.event().value()));
        return json;
    }

    private static Withholding withholding(ReviewStore.NoteRow row, ObjectNode json) {
        var reason = Reason.find(Json.text(json, "code")).orElseThrow();
        var where = switch (Json.text(json, "what")) {
            case "words" ->
                new Where.Words(
                        event(json), json.path("from").asInt(), json.path("to").asInt());
            case "whole" -> new Where.Whole(event(json));
            case "file" -> new Where.File(event(json));
            default -> new Where.Name(new UserId(Json.text(json, "user_id")));
        };
        return new Withholding(row.id(), where, reason, row.by(), row.ts());
    }

    static ObjectNode toJson(Where where, Reason reason) {
        var json = Json.object().put("code", reason.code());
        return switch (where) {
            case Where.Words(var event, var from, var to) ->
                json.put("what", "words")
                        .put("event_id", event.value())
                        .put("from", from)
                        .put("to", to);
            case Where.Whole(var event) -> json.put("what", "whole").put("event_id", event.value());
            case Where.File(var event) -> json.put("what", "file").put("event_id", event.value());
            case Where.Name(var person) -> json.put("what", "name").put("user_id", person.value());
        };
    }
}
