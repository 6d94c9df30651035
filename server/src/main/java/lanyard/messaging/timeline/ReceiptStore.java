package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Advance;
import lanyard.platform.stream.CarryingLane;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/// Owns `receipt`. A receipt never moves backwards.
final class ReceiptStore implements CarryingLane<ReceiptStore.Row> {
    record Row(long room, Receipt receipt) {}

    @Override
    public void write(Tx tx, Advance advance, List<Row> rows) {
        var query = tx.query("with " + advance.clause() + """
                        , marked as (
                        insert into receipt (room_nid, user_id, kind, thread, event_id, seq, notices, ts, slot, pos)
                        select * from unnest(:rooms, :users, :kinds, :threads, :events, :seqs, :notices, :times,
                            :slots, :poss)
                        on conflict (room_nid, user_id, kind, thread) do update set event_id = excluded.event_id,
                            seq = excluded.seq, notices = excluded.notices, ts = excluded.ts, slot = excluded.slot,
                            pos = excluded.pos
                        where receipt.seq <= excluded.seq)
                        select count(*) from advanced
                        """);
        query.bindMap(advance.values());
        advance.check(bind(query, rows).mapTo(Integer.class).one());
    }

    private static Query bind(Query query, List<Row> rows) {
        return query.bind("rooms", rows.stream().mapToLong(Row::room).toArray())
                .bind("users", texts(rows, row -> row.receipt().key().user().value()))
                .bind("kinds", texts(rows, row -> row.receipt().key().kind()))
                .bind("threads", texts(rows, row -> row.receipt().key().thread()))
                .bind("events", texts(rows, row -> row.receipt().event().value()))
                .bind(
                        "seqs",
                        rows.stream().mapToLong(row -> row.receipt().seq()).toArray())
                .bind(
                        "notices",
                        rows.stream().mapToLong(row -> row.receipt().notices()).toArray())
                .bind(
                        "times",
                        rows.stream().mapToLong(row -> row.receipt().ts()).toArray())
                .bind(
                        "slots",
                        rows.stream()
                                .mapToLong(row -> row.receipt().position().slot())
                                .toArray())
                .bind(
                        "poss",
                        rows.stream()
                                .mapToLong(row -> row.receipt().position().pos())
                                .toArray());
    }

    private static String[] texts(List<Row> rows, java.util.function.Function<Row, String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    /// Of many rooms at once, by the room's number.
    Map<Long, List<Receipt>> list(Tx tx, long[] rooms) {
        Map<Long, List<Receipt>> byRoom = new HashMap<>();
        tx.query("""
                        select room_nid, user_id, kind, thread, event_id, seq, notices, ts, slot, pos
                        from receipt where room_nid = any(:rooms)
                        """)
                .bind("rooms", rooms)
                .map((RowView row) -> byRoom.computeIfAbsent(
                                row.getColumn("room_nid", Long.class), room -> new ArrayList<>())
                        .add(receipt(row)))
                .list();
        return byRoom;
    }

    private static Receipt receipt(RowView row) {
        return new Receipt(
                new Receipt.Key(
                        new UserId(row.getColumn("user_id", String.class)),
                        row.getColumn("kind", String.class),
                        row.getColumn("thread", String.class)),
                new EventId(row.getColumn("event_id", String.class)),
                row.getColumn("seq", Long.class),
                row.getColumn("notices", Long.class),
                row.getColumn("ts", Long.class),
                new Position(row.getColumn("slot", Integer.class), row.getColumn("pos", Long.class)));
    }
}
