package lanyard.messaging.timeline;

import java.util.List;
import lanyard.messaging.timeline.EventCounts.Said;
import lanyard.messaging.timeline.EventCounts.Where;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Counts of table `event`, from the index `event_said` alone; room by room, so that nothing large is sorted.
final class EventCountStore {
    List<Said> list(Tx tx, List<Where> where) {
        return tx.query("""
                        select w.room_id, said.sender, said.messages, said.first_ts, said.last_ts
                        from unnest(:rooms, :froms, :tos) as w(room_id, from_ts, to_ts)
                            join room on room.room_id = w.room_id
                            cross join lateral (
                                select sender, count(*) as messages, min(ts) as first_ts, max(ts) as last_ts
                                from event
                                where room_nid = room.room_nid and ts between w.from_ts and w.to_ts
                                    and state_key is null and type in ('m.room.message', 'm.room.encrypted')
                                group by sender) said
                        """)
                .bind("rooms", where.stream().map(one -> one.room().value()).toArray(String[]::new))
                .bind("froms", where.stream().mapToLong(Where::fromTs).toArray())
                .bind("tos", where.stream().mapToLong(Where::toTs).toArray())
                .map(EventCountStore::said)
                .list();
    }

    private static Said said(RowView row) {
        return new Said(
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("sender", String.class)),
                row.getColumn("messages", Long.class),
                row.getColumn("first_ts", Long.class),
                row.getColumn("last_ts", Long.class));
    }
}
