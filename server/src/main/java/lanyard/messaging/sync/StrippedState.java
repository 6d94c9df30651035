package lanyard.messaging.sync;

import java.util.List;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.StateFormat;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ArrayNode;

/// What somebody who is asked into a room, or has asked to come in, is shown of it.
/// <https://spec.matrix.org/v1.18/client-server-api/#stripped-state>
final class StrippedState {
    private static final List<String> TYPES = List.of(
            "m.room.create",
            "m.room.name",
            "m.room.avatar",
            "m.room.topic",
            "m.room.join_rules",
            "m.room.canonical_alias",
            "m.room.encryption",
            "org.lanyard.room");

    private StrippedState() {}

    static ArrayNode of(RoomState room, UserId user) {
        var events = Json.array();
        for (var type : TYPES) {
            room.state(StateKey.of(type)).ifPresent(event -> events.add(StateFormat.stripped(event)));
        }
        room.state(StateKey.member(user.value())).ifPresent(event -> {
            events.add(StateFormat.stripped(event));
            if (!event.sender().equals(user.value())) {
                room.state(StateKey.member(event.sender()))
                        .ifPresent(inviter -> events.add(StateFormat.stripped(inviter)));
            }
        });
        return events;
    }
}
