package lanyard.messaging.admin;

import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;

/// Says whether a room may be ended, and destroys what was said in it: governance's, which knows why things are kept.
public interface RoomEnd {
    /// Why the room must stay, as a sentence for the administrator; empty when nothing stands in the way. Holds until
    /// the transaction ends.
    Optional<String> whyKept(Tx tx, RoomId room);

    /// Destroys what up to `most` messages of the room said, each with a line that says so; answers how many. 0 when
    /// none is left. Called right after `whyKept`, in the same transaction.
    int destroy(Commit commit, RoomId room, String deletion, int most);
}
