package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;

/// Governance's way to what rooms hold: which events are there, their proofs and edits; hiding and destroying them.
/// It reads no message and hands none out.
public final class StoredEvents {
    private static final String EDIT = "m.replace";

    private final Timeline timeline;

    public StoredEvents(Timeline timeline) {
        this.timeline = timeline;
    }

    public Optional<StoredEvent> find(Tx tx, RoomState room, EventId id) {
        return list(tx, room, List.of(id)).stream().findFirst();
    }

    public List<StoredEvent> list(Tx tx, RoomState room, List<EventId> ids) {
        return timeline.store().listEvents(tx, ids).stream()
                .filter(event -> event.room() == room.head().nid())
                .map(this::stored)
                .toList();
    }

    /// Those of `ids` that are in the room and, of their senders, the edits.
    /// <https://spec.matrix.org/v1.18/client-server-api/#event-replacements>
    public List<StoredEvent> listWithEdits(Tx tx, RoomState room, List<EventId> ids) {
        var events = new ArrayList<>(list(tx, room, ids));
        Map<String, UserId> senders = new HashMap<>();
        events.forEach(event -> senders.put(event.id().value(), event.sender()));
        for (var related : timeline.store().listRelating(tx, room.head().nid(), ids)) {
            var relation = timeline.original(related).path("content").path("m.relates_to");
            var event = stored(related);
            if (isEdit(relation) && event.sender().equals(senders.get(target(relation)))) {
                events.add(event);
            }
        }
        return List.copyOf(events);
    }

    private static boolean isEdit(JsonNode relation) {
        return relation.path("rel_type").asString("").equals(EDIT);
    }

    private static String target(JsonNode relation) {
        return relation.path("event_id").asString("");
    }

    private StoredEvent stored(EventRecord event) {
        var pdu = timeline.original(event);
        return new StoredEvent(
                event.placed().id(),
                new UserId(pdu.get("sender").stringValue()),
                pdu.get("type").stringValue(),
                pdu.has("state_key"),
                event.placed().seq(),
                pdu.get("origin_server_ts").longValue(),
                Hashes.sha256(timeline.bodies().bytes(event)),
                event.redactedBy() != null,
                event.pruned());
    }

    /// Hides an event from every reader by a redaction in the organisation's name. The store still has it.
    public void redact(Commit commit, RoomId id, EventId target, Redactor by) {
        var room = timeline.getRoom(commit, id);
        var redaction = Sending.redaction(room, by.user(), target, Optional.of(by.reason()));
        timeline.hide(commit, room, target, timeline.append(commit, redaction));
    }

    /// In whose name something is hidden, and the reason that every member is shown.
    public record Redactor(UserId user, String reason) {}

    /// Destroys what an event said. True when there was something left to destroy.
    public boolean prune(Commit commit, RoomId id, EventId target) {
        return timeline.prune(commit, id, target);
    }
}
