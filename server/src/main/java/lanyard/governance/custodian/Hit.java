package lanyard.governance.custodian;

import java.util.List;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// A message that a search found, without what it says: that is read. `entries` are the places in [Query#words] of
/// what was found in it.
public record Hit(RoomId room, EventId id, UserId sender, long ts, String type, boolean hidden, List<Integer> entries) {
    public Hit {
        entries = List.copyOf(entries);
    }
}
