package lanyard.standards.matrix.rules;

import java.util.Optional;
import lanyard.standards.matrix.EventHashes;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import tools.jackson.databind.node.ObjectNode;

/// The state that an event is judged against: a room's current state, the state at a fork, or an event's auth events.
@FunctionalInterface
public interface AuthState {
    /// The state event in that place, as the PDU it is (no `event_id` or other field added).
    Optional<ObjectNode> event(String type, String stateKey);

    /// The room id that this state's create event makes, in versions where it is the event's hash. Who knows it says so
    /// here and saves the hashing.
    default RoomId madeBy(ObjectNode create, RoomVersion version) {
        return EventHashes.roomId(create, version);
    }
}
