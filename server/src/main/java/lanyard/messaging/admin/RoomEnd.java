package lanyard.messaging.admin;

import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;

/// Says whether a room may be ended: governance's, which knows why things are kept. Ending one destroys nothing: what
/// was said goes when the schedule has run out of it, or stays.
public interface RoomEnd {
    /// Why the room must stay, as a sentence for the administrator; empty when nothing stands in the way. Holds until
    /// the transaction ends.
    Optional<String> whyKept(Tx tx, RoomId room);
}
