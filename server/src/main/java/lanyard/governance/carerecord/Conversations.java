package lanyard.governance.carerecord;

import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What recording a decision asks of rooms and their timelines.
public interface Conversations {
    /// The organisation in control of `room`, if `user` is in it now.
    Optional<String> organizationIfMember(RoomId room, UserId user);

    /// A message (not state) of the room that `viewer` may see; empty otherwise.
    Optional<Message> findMessage(Tx tx, RoomId room, EventId event, UserId viewer);

    /// Sets a piece of the room's state as the organisation's service user.
    void sendStateAsService(Commit commit, RoomId room, String type, String stateKey, ObjectNode content);

    /// A message that a decision may be taken in.
    ///
    /// @param sha256 of the event's bytes as they are stored
    /// @param isGone it was redacted or disposed of, so there is nothing left to decide from
    record Message(EventId id, UserId sender, byte[] sha256, boolean isGone) {}
}
