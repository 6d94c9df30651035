package lanyard.messaging.room;

import java.time.Instant;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// Owns the table `blocked_room`.
final class RoomBlockStore {
    List<RoomId> list(Tx tx) {
        return tx.query("select room_id from blocked_room").mapTo(String.class).list().stream()
                .map(RoomId::new)
                .toList();
    }

    void add(Tx tx, RoomId room, UserId by, Instant at) {
        tx.update("""
                        insert into blocked_room (room_id, blocked_by, at) values (:room, :by, :at)
                        on conflict do nothing
                        """)
                .bind("room", room.value())
                .bind("by", by.value())
                .bind("at", at)
                .execute();
    }

    void remove(Tx tx, RoomId room) {
        tx.update("delete from blocked_room where room_id = :room")
                .bind("room", room.value())
                .execute();
    }
}
