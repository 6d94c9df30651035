package lanyard.messaging.room;

import java.util.List;
import java.util.Optional;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// A room that somebody wants. `members` join at once (colleagues, by the organisation's word); `invited` decide
/// themselves. With a `request` it is one of Lanyard's own conversations.
record RoomOrder(
        UserId owner,
        String organization,
        RoomVersion version,
        RoomKind kind,
        String purpose,
        Guests guests,
        Shape shape,
        Optional<String> request) {
    /// One piece of initial state that the caller asked for.
    record Piece(StateKey key, ObjectNode content) {}

    /// `direct`: those invited are told that this is a chat between two.
    record Guests(List<UserId> members, List<UserId> invited, boolean direct) {
        Guests {
            members = List.copyOf(members);
            invited = List.copyOf(invited);
        }
    }

    /// What a Matrix client may say about a room: <https://spec.matrix.org/v1.18/client-server-api/#creation>.
    /// `named` are the pieces that `name` and `topic` imply; `published`: listed in the room directory.
    record Shape(
            Preset preset,
            ObjectNode creation,
            ObjectNode powerLevels,
            List<Piece> state,
            List<Piece> named,
            Optional<RoomAlias> alias,
            boolean published) {
        boolean says(StateKey key) {
            return state.stream().anyMatch(piece -> piece.key().equals(key));
        }
    }
}
