package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Room.domain;
import static lanyard.standards.matrix.rules.Room.text;

import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rule 1: how a room begins.
final class CreateRules {
    private CreateRules() {}

    static AuthResult check(RoomVersion version, ObjectNode event) {
        // 1.1
        if (!event.path("prev_events").isEmpty()) {
            return AuthResult.refused("A room begins with its create event.");
        }
        // 1.2
        if (!namesItsRoomRightly(version, event)) {
            return AuthResult.refused("The create event's room id is not one that its sender may give.");
        }
        var content = event.path("content");
        // 1.3
        if (content.has("room_version")
                && RoomVersion.find(content.path("room_version").stringValue(""))
                        .isEmpty()) {
            return AuthResult.refused("The room's version is not known here.");
        }
        // 1.4 in version 10
        if (version.namesCreatorInContent() && !content.has("creator")) {
            return AuthResult.refused("The create event names no creator.");
        }
        // 1.4 in version 12
        if (version.creatorsHaveInfinitePower()
                && content.has("additional_creators")
                && !areUsers(content.path("additional_creators"))) {
            return AuthResult.refused("The additional creators must be a list of user ids.");
        }
        // 1.5
        return AuthResult.allowed();
    }

    private static boolean namesItsRoomRightly(RoomVersion version, ObjectNode event) {
        if (version.roomIdIsCreateHash()) {
            return !event.has("room_id");
        }
        var domain = domain(text(event, "room_id"));
        return !domain.isEmpty() && domain.equals(domain(text(event, "sender")));
    }

    private static boolean areUsers(JsonNode list) {
        return list.isArray()
                && list.valueStream().allMatch(user -> user.isString() && UserId.isLegalInEvents(user.stringValue()));
    }
}
