package lanyard.messaging.timeline;

import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;

/// Lists of table `room`.
final class RoomRegisterStore {
    List<RoomId> list(Tx tx, String organization, long from, int limit) {
        return tx
                .query("""
                        select room_id from room
                        where organization = :organization
                        order by room_nid
                        offset :from limit :limit
                        """)
                .bind("organization", organization)
                .bind("from", from)
                .bind("limit", limit)
                .mapTo(String.class)
                .list()
                .stream()
                .map(RoomId::new)
                .toList();
    }

    long count(Tx tx, String organization) {
        return tx.query("select count(*) from room where organization = :organization")
                .bind("organization", organization)
                .mapTo(Long.class)
                .one();
    }
}
