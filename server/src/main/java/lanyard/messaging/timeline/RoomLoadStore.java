package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.rules.StateKey;
import org.jdbi.v3.core.result.RowView;

/// What rooms need in memory, of many rooms with each statement.
final class RoomLoadStore {
    List<RoomHead> listHeads(Tx tx, Collection<RoomId> rooms) {
        return tx.query("""
                        select room_nid, room_id, organization, version, head_seq, head_event, notices, last_slot, last_pos
                        from room where room_id = any(:rooms)
                        """)
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .map((RowView row) -> TimelineStore.head(row))
                .list();
    }

    /// Current state's events.
    List<EventRecord> listState(Tx tx, long[] rooms) {
        return tx.query(TimelineStore.STATE + "where s.room_nid = any(:rooms) and s.valid_to is null")
                .bind("rooms", rooms)
                .map(TimelineStore::record)
                .list();
    }

    record SpanRow(long room, StateKey key, Span span) {}

    /// Who was what from when: every membership and history visibility the rooms ever had, the oldest first.
    List<SpanRow> listSpans(Tx tx, long[] rooms) {
        return tx.query("""
                        select room_nid, type, state_key, valid_from, value, notices from room_state
                        where room_nid = any(:rooms) and type in ('m.room.member', 'm.room.history_visibility')
                        order by valid_from
                        """)
                .bind("rooms", rooms)
                .map((RowView row) -> new SpanRow(
                        row.getColumn("room_nid", Long.class),
                        new StateKey(row.getColumn("type", String.class), row.getColumn("state_key", String.class)),
                        new Span(
                                row.getColumn("valid_from", Long.class),
                                Objects.requireNonNullElse(row.getColumn("value", String.class), ""),
                                row.getColumn("notices", Long.class))))
                .list();
    }

    /// The last `most` events of each room, the newest first.
    List<EventRecord> listNewest(Tx tx, List<RoomHead> rooms, int most) {
        return tx.query(TimelineStore.EVENTS + """
                        join unnest(:rooms::bigint[], :heads::bigint[]) as wanted (nid, head)
                            on e.room_nid = wanted.nid and e.seq <= wanted.head and e.seq > wanted.head - :most
                        order by e.room_nid, e.seq desc
                        """)
                .bind("rooms", nids(rooms))
                .bind("heads", rooms.stream().mapToLong(RoomHead::seq).toArray())
                .bind("most", most)
                .map(TimelineStore::record)
                .list();
    }

    /// Those of `events` that another event of the same room is about.
    Set<EventId> listRelated(Tx tx, List<EventRecord> events) {
        var related = tx.query("""
                        select distinct e.relates_to
                        from unnest(:rooms::bigint[], :events::text[]) as wanted (nid, event)
                            join event e on e.room_nid = wanted.nid and e.relates_to = wanted.event
                        where e.rel_type is not null
                        """)
                .bind("rooms", events.stream().mapToLong(EventRecord::room).toArray())
                .bind(
                        "events",
                        events.stream()
                                .map(event -> event.placed().id().value())
                                .toArray(String[]::new))
                .mapTo(String.class)
                .list();
        var ids = new HashSet<EventId>();
        related.forEach(id -> ids.add(new EventId(id)));
        return ids;
    }

    /// Where in the stream each room's newest event of one of `types` is, however far back.
    Map<Long, Long> listLastOf(Tx tx, long[] rooms, Set<String> types) {
        Map<Long, Long> last = new HashMap<>();
        tx.query("""
                        select wanted.nid, e.pos
                        from unnest(:rooms::bigint[]) as wanted (nid)
                            cross join lateral (
                                select pos from event
                                where room_nid = wanted.nid and type = any(:types)
                                order by seq desc
                                limit 1) e
                        """)
                .bind("rooms", rooms)
                .bind("types", types.toArray(String[]::new))
                .map((RowView row) -> last.put(row.getColumn("nid", Long.class), row.getColumn("pos", Long.class)))
                .list();
        return last;
    }

    static long[] nids(List<RoomHead> rooms) {
        return rooms.stream().mapToLong(RoomHead::nid).toArray();
    }
}
