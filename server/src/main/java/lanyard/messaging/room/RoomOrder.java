package lanyard.messaging.room;

import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// A room that somebody wants. `members` join at once (colleagues, by the organisation's word); `invited` decide
/// themselves.
record RoomOrder(
        UserId owner,
        String organization,
        RoomVersion version,
        RoomKind kind,
        String purpose,
        List<UserId> members,
        List<UserId> invited,
        List<Piece> state,
        ObjectNode creation,
        Optional<String> request) {
    /// One piece of initial state that the caller asked for.
    record Piece(StateKey key, ObjectNode content) {}

    RoomOrder {
        members = List.copyOf(members);
        invited = List.copyOf(invited);
        state = List.copyOf(state);
    }
}
