package lanyard.governance.carerecord;

import java.util.UUID;
import java.util.stream.Stream;
import lanyard.messaging.room.Rooms;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import tools.jackson.databind.node.ObjectNode;

/// Tells a room how its decisions stand, as state that every member's app shows at once. Ids and words of ours only.
final class Announcements {
    static final String STATE = "org.lanyard.decision";

    private final Rooms rooms;
    private final DecisionStore store = new DecisionStore();

    Announcements(Rooms rooms) {
        this.rooms = rooms;
    }

    /// Also tells of the decision that `id` follows.
    void announce(Commit commit, UUID id) {
        var entry = store.find(commit.tx(), id).orElseThrow();
        if (entry.kind().isDecision()) {
            send(commit, entry, content(entry));
        }
        if (entry.about() != null) {
            announce(commit, entry.about());
        }
    }

    /// As [#announce], and whoever wrote and took the decision are told as if they had been named in a message.
    void remind(Commit commit, UUID id) {
        var entry = store.find(commit.tx(), id).orElseThrow();
        var decision = entry.kind().isDecision() || entry.about() == null
                ? entry
                : store.find(commit.tx(), entry.about()).orElseThrow();
        var content = content(decision);
        var named = content.putObject("m.mentions").putArray("user_ids");
        Stream.of(entry.author(), decision.author(), decision.decider())
                .distinct()
                .forEach(user -> named.add(user.value()));
        send(commit, decision, content);
    }

    private void send(Commit commit, Decision decision, ObjectNode content) {
        rooms.sendStateAsService(commit, decision.room(), STATE, decision.id().toString(), content);
    }

    private static ObjectNode content(Decision decision) {
        var content = Json.object()
                .put("status", decision.status().word())
                .put("sink", decision.sink().word())
                .put("author", decision.author().value())
                .put("decider", decision.decider().value())
                .put("confirmed", !decision.isUnconfirmed())
                .put("summary_event_id", decision.summaryEvent().value());
        var sources = content.putArray("source_event_ids");
        decision.sources().forEach(source -> sources.add(source.event().value()));
        var queries = content.putArray("queried_by");
        decision.queriedBy().forEach(user -> queries.add(user.value()));
        if (decision.reference() != null) {
            content.put("reference", decision.reference());
        }
        if (decision.adviser() != null) {
            content.put("adviser", decision.adviser().value());
        }
        if (decision.about() != null) {
            content.put("replaces", decision.about().toString());
        }
        if (decision.overdueTs() != null && !decision.status().isOver()) {
            content.put("overdue", true);
        }
        decision.correction()
                .ifPresent(correction -> content.putObject("corrected_by")
                        .put("decision_id", correction.id().toString())
                        .put("kind", correction.kind().word())
                        .put("status", correction.status().word()));
        return content;
    }
}
