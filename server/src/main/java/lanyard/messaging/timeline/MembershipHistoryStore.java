package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.List;
import lanyard.messaging.timeline.MembershipHistory.Stay;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Membership intervals with the times of the events that began and ended them.
final class MembershipHistoryStore {
    private static final String STAYS = """
            select room.room_id, s.state_key, b.ts as from_ts, coalesce(e.ts, 9223372036854775807) as to_ts
            from room_state s
                join room on room.room_nid = s.room_nid
                join event b on b.room_nid = s.room_nid and b.seq = s.valid_from
                left join event e on e.room_nid = s.room_nid and e.seq = s.valid_to
            where s.type = 'm.room.member' and s.value = 'join'
                and b.ts <= :to and (s.valid_to is null or e.ts >= :from)
            """;

    List<Stay> listOf(Tx tx, UserId user, long fromTs, long toTs) {
        return tx.query(STAYS + " and s.state_key = :user")
                .bind("user", user.value())
                .bind("from", fromTs)
                .bind("to", toTs)
                .map(MembershipHistoryStore::stay)
                .list();
    }

    List<Stay> listIn(Tx tx, Collection<RoomId> rooms, long fromTs, long toTs) {
        return tx.query(STAYS + " and room.room_id = any(:rooms)")
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .bind("from", fromTs)
                .bind("to", toTs)
                .map(MembershipHistoryStore::stay)
                .list();
    }

    private static Stay stay(RowView row) {
        return new Stay(
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("state_key", String.class)),
                row.getColumn("from_ts", Long.class),
                row.getColumn("to_ts", Long.class));
    }
}
