package lanyard.messaging.timeline;

import java.util.List;
import lanyard.standards.matrix.RoomId;

/// Which rooms an organisation has, for administrators: no reader's view of them.
public final class RoomRegister {
    private final Timeline timeline;
    private final RoomRegisterStore store = new RoomRegisterStore();

    public RoomRegister(Timeline timeline) {
        this.timeline = timeline;
    }

    /// By age, from the `from`th on.
    public List<RoomId> list(String organization, long from, int limit) {
        return timeline.parts().database().read(tx -> store.list(tx, organization, from, limit));
    }

    public long count(String organization) {
        return timeline.parts().database().read(tx -> store.count(tx, organization));
    }
}
