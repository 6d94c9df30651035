package lanyard.messaging.timeline;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import org.jdbi.v3.core.result.RowView;

/// Table `event` by the keys that seal it.
final class RoomKeyStore {
    private static final String SEALED = "e.room_nid = :room and substring(e.body from 1 for 6) = :prefix ";

    record Row(long seq, EventId id, byte[] body) {}

    /// Up to `most` events of a room after the `after`th.
    record Stretch(long room, YearMonth month, long after, int most) {}

    /// An event gets its time a moment before it is sealed.
    List<YearMonth> listMonths(Tx tx, RoomId room, long[] seqs) {
        return tx.query("""
                        select distinct to_char(to_timestamp((e.ts + late) / 1000.0) at time zone 'UTC', 'YYYY-MM')
                        from event e join room r on r.room_nid = e.room_nid
                            cross join unnest(array[0, 60000]) as late
                        where r.room_id = :room and e.seq = any(:seqs)
                        """).bind("room", room.value()).bind("seqs", seqs).mapTo(String.class).list().stream()
                .map(YearMonth::parse)
                .toList();
    }

    /// Messages of that time are looked for first: the index has them, and mostly one is left.
    boolean isSaid(Tx tx, long room, YearMonth month) {
        return tx.query("select exists (select from event e where e.room_nid = :room and e.ts >= :from and e.ts < :to"
                        + " and e.state_key is null and e.type in ('m.room.message', 'm.room.encrypted')"
                        + " and e.pruned_ts is null) or exists (select from event e where " + SEALED
                        + "and e.state_key is null and e.pruned_ts is null)")
                .bind("room", room)
                .bind("from", millis(month))
                .bind("to", millis(month.plusMonths(1)))
                .bind("prefix", prefix(month))
                .mapTo(Boolean.class)
                .one();
    }

    boolean isUsed(Tx tx, long room, YearMonth month) {
        return tx.query("select exists (select from event e where " + SEALED + ")")
                .bind("room", room)
                .bind("prefix", prefix(month))
                .mapTo(Boolean.class)
                .one();
    }

    /// The last event of the room that anybody sees.
    long newest(Tx tx, long room) {
        return tx.query("select coalesce(max(seq), 0) from event where room_nid = :room")
                .bind("room", room)
                .mapTo(Long.class)
                .one();
    }

    /// Whether one of the first `most` events after that one is sealed by the month's key, or there are more than
    /// that. Reads one row more than `most` at the most, by the primary key.
    boolean mayBeUsed(Tx tx, Stretch since) {
        return tx.query("""
                        select count(*) > :most or coalesce(bool_or(substring(late.body from 1 for 6) = :prefix), false)
                        from (select e.body from event e where e.room_nid = :room and e.seq > :after
                            order by e.seq limit :most + 1) as late
                        """)
                .bind("most", since.most())
                .bind("prefix", prefix(since.month()))
                .bind("room", since.room())
                .bind("after", since.after())
                .mapTo(Boolean.class)
                .one();
    }

    List<Row> listStaying(Tx tx, Stretch stretch) {
        return tx.query("select e.seq, e.event_id, e.body from event e where " + SEALED
                        + "and e.seq > :after and (e.state_key is not null or e.pruned_ts is not null) "
                        + "order by e.seq limit :most for update skip locked")
                .bind("room", stretch.room())
                .bind("prefix", prefix(stretch.month()))
                .bind("after", stretch.after())
                .bind("most", stretch.most())
                .map((RowView row) -> new Row(
                        row.getColumn("seq", Long.class),
                        new EventId(row.getColumn("event_id", String.class)),
                        Objects.requireNonNull(row.getColumn("body", byte[].class))))
                .list();
    }

    void reseal(Tx tx, long room, long[] seqs, byte[][] bodies) {
        tx.update("""
                        update event set body = sealed.body
                        from unnest(:seqs, :bodies) as sealed (seq, body)
                        where event.room_nid = :room and event.seq = any(:seqs) and event.seq = sealed.seq
                        """)
                .bind("seqs", seqs)
                .bind("bodies", bodies)
                .bind("room", room)
                .execute();
    }

    private static byte[] prefix(YearMonth month) {
        return EventBodies.prefix(month).getBytes(StandardCharsets.US_ASCII);
    }

    private static long millis(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
