package lanyard.messaging.room;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateEvent;
import lanyard.messaging.timeline.StateFormat;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A room in a few words, for those who are not in it.
/// <https://spec.matrix.org/v1.18/client-server-api/#get_matrixclientv1room_summaryroomidoralias>
final class Summaries {
    private static final String SPACE_CHILD = "m.space.child";
    private static final int LONGEST_ORDER = 50;

    private Summaries() {}

    static ObjectNode of(RoomState room) {
        var summary = inDirectory(room);
        summary.put("room_version", room.version().id());
        copy(room, "m.room.encryption", "algorithm", summary, "encryption");
        if (Joining.isRestricted(room)) {
            var allowed = summary.putArray("allowed_room_ids");
            Joining.allowedRooms(room).forEach(allowed::add);
        }
        return summary;
    }

    /// The part that the room directory shows.
    static ObjectNode inDirectory(RoomState room) {
        var summary = Json.object()
                .put("room_id", room.id().value())
                .put("num_joined_members", room.joined().count())
                .put("world_readable", room.isOpenToAll())
                .put(
                        "guest_can_join",
                        text(room, "m.room.guest_access", "guest_access").equals(Optional.of("can_join")))
                .put("join_rule", Joining.joinRule(room));
        copy(room, "m.room.name", "name", summary, "name");
        copy(room, "m.room.topic", "topic", summary, "topic");
        copy(room, "m.room.avatar", "url", summary, "avatar_url");
        copy(room, "m.room.canonical_alias", "alias", summary, "canonical_alias");
        copy(room, "m.room.create", "type", summary, "room_type");
        return summary;
    }

    private static void copy(RoomState room, String type, String field, ObjectNode to, String name) {
        text(room, type, field).ifPresent(text -> to.put(name, text));
    }

    private static Optional<String> text(RoomState room, String type, String field) {
        return room.state(StateKey.of(type))
                .map(event -> event.content().path(field))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isEmpty());
    }

    /// A space's children in the order in which to show them.
    /// <https://spec.matrix.org/v1.18/client-server-api/#ordering-of-children-within-a-space>
    static List<StateEvent> children(RoomState space, boolean suggestedOnly) {
        return space.allState().stream()
                .filter(event -> event.type().equals(SPACE_CHILD) && RoomId.isValid(event.stateKey()))
                .filter(event -> !event.content().path("via").isEmpty())
                .filter(event ->
                        !suggestedOnly || event.content().path("suggested").asBoolean(false))
                .sorted(Comparator.comparing((StateEvent event) -> order(event).isEmpty())
                        .thenComparing(event -> order(event).orElse(""))
                        .thenComparingLong(
                                event -> event.pdu().path("origin_server_ts").asLong(0))
                        .thenComparing(StateEvent::stateKey))
                .toList();
    }

    private static Optional<String> order(StateEvent child) {
        return Optional.of(child.content().path("order").asString(""))
                .filter(order -> !order.isEmpty() && order.length() <= LONGEST_ORDER)
                .filter(order -> order.chars().allMatch(letter -> letter >= 0x20 && letter <= 0x7e));
    }

    static ObjectNode child(StateEvent event) {
        var child = StateFormat.stripped(event);
        child.set("origin_server_ts", event.pdu().get("origin_server_ts"));
        return child;
    }
}
