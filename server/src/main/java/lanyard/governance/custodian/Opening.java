package lanyard.governance.custodian;

import java.util.List;
import lanyard.standards.matrix.EventId;

/// What an unsealing opened, for the case's log: of how many rooms, how many events with how many keys, in how many
/// milliseconds, and which events stayed closed because no key of theirs had reached the custodian.
public record Opening(int rooms, int events, int keys, List<EventId> closed, long millis) {
    public Opening {
        closed = List.copyOf(closed);
    }
}
