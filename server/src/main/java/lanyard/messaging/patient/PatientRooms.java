package lanyard.messaging.patient;

import java.util.Optional;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What linking a patient asks of rooms.
public interface PatientRooms {
    /// Where `user` stands in `room` now; empty when they are not in it, or when there is no such room.
    Optional<Standing> standing(RoomId room, UserId user);

    /// Sets a piece of the room's state as the organisation's service user.
    void sendStateAsService(Commit commit, RoomId room, String type, String stateKey, ObjectNode content);

    /// What somebody is in a room.
    ///
    /// @param mayLink is the room's owner or a moderator
    record Standing(String organization, boolean isClinical, boolean mayLink) {}
}
