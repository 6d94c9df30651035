package lanyard.governance.retention;

import java.util.Collection;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// What the sweep asks of rooms and their timelines.
public interface Originals {
    /// Whether every current member has received all of `events`, so that nobody is deprived of what they never saw.
    boolean areDeliveredToAll(Tx tx, RoomId room, Collection<EventId> events);

    /// Those of `events` that are still stored whole, and with them their edits.
    List<Stored> listWithEdits(Tx tx, RoomId room, Collection<EventId> events);

    /// Hides an event from every client, as the organisation's service user.
    void redactAsService(Commit commit, RoomId room, EventId event, String reason);

    /// Destroys what the stored event says: its redacted form takes its place.
    void prune(Commit commit, RoomId room, EventId event);

    /// A message that is stored whole.
    ///
    /// @param sha256 of the event's bytes as they are stored
    /// @param isRedacted somebody has hidden it already
    record Stored(EventId event, UserId sender, long originTs, byte[] sha256, boolean isRedacted) {}
}
