package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

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

    List<RoomId> listEver(Tx tx, UserId user) {
        return tx.query("""
                        select distinct room.room_id from room_state s join room on room.room_nid = s.room_nid
                        where s.type = 'm.room.member' and s.state_key = :user
                        """).bind("user", user.value()).mapTo(String.class).list().stream()
                .map(RoomId::new)
                .toList();
    }

    List<UserId> listPeopleEver(Tx tx, Collection<RoomId> rooms) {
        return tx
                .query("""
                        select distinct s.state_key from room_state s join room on room.room_nid = s.room_nid
                        where room.room_id = any(:rooms) and s.type = 'm.room.member'
                        """)
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .mapTo(String.class)
                .list()
                .stream()
                .map(UserId::new)
                .toList();
    }

    long count(Tx tx, String organization) {
        return tx.query("select count(*) from room where organization = :organization")
                .bind("organization", organization)
                .mapTo(Long.class)
                .one();
    }
}
