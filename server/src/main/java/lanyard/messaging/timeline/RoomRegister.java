package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

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

    /// Every room in which the person ever was something, forgotten or not.
    public List<RoomId> listEver(Tx tx, UserId user) {
        return store.listEver(tx, user);
    }

    /// Everybody who ever was something in one of the rooms, the organisation's own users too.
    public List<UserId> listPeopleEver(Tx tx, Collection<RoomId> rooms) {
        return store.listPeopleEver(tx, rooms);
    }

    public long count(String organization) {
        return timeline.parts().database().read(tx -> store.count(tx, organization));
    }
}
