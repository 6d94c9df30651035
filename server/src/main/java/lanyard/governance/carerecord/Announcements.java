package lanyard.governance.carerecord;

import java.util.UUID;
import lanyard.messaging.room.Rooms;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;

/// Tells a room how its decisions stand, as state that every member's app shows at once. Ids and words of ours only.
final class Announcements {
    static final String STATE = "org.lanyard.decision";

    private final Rooms rooms;
    private final DecisionStore store = new DecisionStore();

    Announcements(Rooms rooms) {
        this.rooms = rooms;
    }

    void announce(Commit commit, UUID id) {
        var decision = store.find(commit.tx(), id).orElseThrow();
        var content = Json.object()
                .put("status", decision.status().word())
                .put("author", decision.author().value())
                .put("decider", decision.decider().value())
                .put("summary_event_id", decision.summaryEvent().value());
        var sources = content.putArray("source_event_ids");
        decision.sources().forEach(source -> sources.add(source.event().value()));
        var queries = content.putArray("queried_by");
        decision.queriedBy().forEach(user -> queries.add(user.value()));
        if (decision.reference() != null) {
            content.put("reference", decision.reference());
        }
        rooms.sendStateAsService(commit, decision.room(), STATE, id.toString(), content);
    }
}
