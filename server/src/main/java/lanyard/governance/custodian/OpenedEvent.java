package lanyard.governance.custodian;

import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// One event of a case, opened: its real type and content, an attachment's `file` with its key included. `hidden` when
/// its author (or a moderator) has hidden it since; `replaces` names the event it edits.
public record OpenedEvent(
        RoomId room,
        EventId id,
        UserId sender,
        long ts,
        String type,
        ObjectNode content,
        boolean hidden,
        Optional<EventId> replaces) {

    /// From an event as a disclosure holds it.
    static OpenedEvent of(ObjectNode event) {
        // A client may have put anything there; that must not keep the rest of the case closed.
        var content = event.path("content") instanceof ObjectNode object ? object : Json.object();
        return new OpenedEvent(
                new RoomId(Json.text(event, "room_id")),
                new EventId(Json.text(event, "event_id")),
                new UserId(Json.text(event, "sender")),
                Json.longField(event, "origin_server_ts"),
                event.path("type").asString(""),
                content,
                event.has("redacted_by"),
                related(content, "m.replace"));
    }

    /// The event that this one relates to in the way of `type`.
    static Optional<EventId> related(ObjectNode content, String type) {
        var relation = content.path("m.relates_to");
        return relation.path("rel_type").asString("").equals(type)
                ? Optional.of(relation.path("event_id").asString(""))
                        .filter(EventId::isValid)
                        .map(EventId::new)
                : Optional.empty();
    }

    ObjectNode toJson() {
        var json = Json.object()
                .put("room_id", room.value())
                .put("event_id", id.value())
                .put("sender", sender.value())
                .put("origin_server_ts", ts)
                .put("type", type);
        json.set("content", content);
        if (hidden) {
            json.put("redacted_by", "");
        }
        return json;
    }

    /// What people said stays out of logs.
    @Override
    public String toString() {
        return "OpenedEvent[" + id + ", hidden]";
    }
}
