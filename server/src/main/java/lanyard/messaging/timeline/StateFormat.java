package lanyard.messaging.timeline;

import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// State events in the forms clients know.
public final class StateFormat {
    private StateFormat() {}

    /// As `reader` gets it, with what they were in the room when it happened.
    /// <https://spec.matrix.org/v1.18/client-server-api/#room-event-format>
    public static ObjectNode client(StateEvent event, RoomState room, UserId reader) {
        var client = stripped(event);
        client.set("origin_server_ts", event.pdu().get("origin_server_ts"));
        client.put("event_id", event.id().value()).put("room_id", room.id().value());
        client.putObject("unsigned").put("membership", room.membershipAt(reader, event.seq()));
        return client;
    }

    /// <https://spec.matrix.org/v1.18/client-server-api/#stripped-state>
    public static ObjectNode stripped(StateEvent event) {
        var client = Json.object();
        for (var field : new String[] {"type", "state_key", "sender", "content"}) {
            client.set(field, event.pdu().get(field));
        }
        return client;
    }
}
