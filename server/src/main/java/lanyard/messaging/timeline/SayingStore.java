package lanyard.messaging.timeline;

import java.util.List;
import lanyard.platform.db.Tx;

/// Events that say something: the destroyer's view of table `event`.
final class SayingStore {
    List<EventRecord> list(Tx tx, long room, int most) {
        return tx.query(TimelineStore.EVENTS + """
                        where e.room_nid = :room and e.pruned_ts is null
                            and (e.state_key is null or e.type in ('m.room.name', 'm.room.topic', 'm.room.avatar'))
                        order by e.seq limit :most
                        """)
                .bind("room", room)
                .bind("most", most)
                .map(TimelineStore::record)
                .list();
    }
}
