package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;

/// What may deserve attention: a view of table `event` for counts and lists of notifications.
final class NoticeStore {
    /// Events before this one, by time and then by id, are further back.
    record Cursor(long ts, String event) {}

    /// An event of one of many rooms.
    record Found(RoomId room, EventId event) {}

    /// The newest events of others before `cursor` in any of the rooms, the newest first. One statement for all
    /// rooms.
    List<Found> listNewest(Tx tx, UserId reader, Collection<RoomId> rooms, Cursor cursor, int limit) {
        return tx.query("""
                        select room.room_id, e.event_id
                        from room
                            cross join lateral (
                                select event_id, ts from event
                                where room_nid = room.room_nid and sender <> :reader
                                    and (ts < :ts or (ts = :ts and event_id collate "C" < :event))
                                order by seq desc
                                limit :limit) e
                        where room.room_id = any(:rooms)
                        order by e.ts desc, e.event_id collate "C" desc
                        limit :limit
                        """)
                .bind("reader", reader.value())
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .bind("ts", cursor.ts())
                .bind("event", cursor.event())
                .bind("limit", limit)
                .map(row -> new Found(
                        new RoomId(Objects.requireNonNull(row.getColumn("room_id", String.class))),
                        new EventId(Objects.requireNonNull(row.getColumn("event_id", String.class)))))
                .list();
    }

    /// The last of the events between two places that the room's counter alone would count wrongly: what the
    /// server can read, and threads. The newest first. Looks at the last thousand places only.
    List<EventRecord> listReadable(Tx tx, long room, long after, long before, int limit) {
        return tx.query(TimelineStore.EVENTS + """
                        where e.room_nid = :room and e.seq > greatest(:after, :before - 1000) and e.seq < :before
                            and (e.type <> 'm.room.encrypted' or e.rel_type = 'm.thread')
                        order by e.seq desc
                        limit :limit
                        """)
                .bind("room", room)
                .bind("after", after)
                .bind("before", before)
                .bind("limit", limit)
                .map(TimelineStore::record)
                .list();
    }
}
