package lanyard.messaging.timeline;

import java.util.Optional;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An event that somebody wants in a room. `origin` says which device sent it under which transaction id, if one did.
public record Draft(
        RoomId room,
        UserId sender,
        String type,
        @Nullable String stateKey,
        ObjectNode content,
        @Nullable Origin origin) {
    public static Draft message(RoomId room, UserId sender, String type, ObjectNode content) {
        return new Draft(room, sender, type, null, content, null);
    }

    public static Draft state(RoomId room, UserId sender, StateKey key, ObjectNode content) {
        return new Draft(room, sender, key.type(), key.stateKey(), content, null);
    }

    public Draft from(Origin sent) {
        return new Draft(room, sender, type, stateKey, content, sent);
    }

    Optional<Origin> sentFrom() {
        return Optional.ofNullable(origin);
    }
}
