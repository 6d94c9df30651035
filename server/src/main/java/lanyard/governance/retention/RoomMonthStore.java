package lanyard.governance.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import org.jdbi.v3.core.result.RowView;

/// Owns the table `room_month`.
final class RoomMonthStore {
    private static final String COLUMNS = "select room_id, month, unused_ts, held, destroyed_ts from room_month where ";

    /// Months of the room from which something went.
    void add(Tx tx, RoomId room, Collection<YearMonth> months) {
        tx.update("""
                        insert into room_month (room_id, month) select :room, month from unnest(:months) as month
                        on conflict (room_id, month) do nothing
                        """)
                .bind("room", room.value())
                .bind("months", months.stream().map(YearMonth::toString).toArray(String[]::new))
                .execute();
    }

    /// Whose time to be looked at has come, the longest waiting first.
    List<RoomMonth> listToLook(Tx tx, Instant now, int most) {
        return tx.query(COLUMNS
                        + "destroyed_ts is null and look_ts <= :now order by look_ts, room_id, month limit :most")
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .map(RoomMonthStore::month)
                .list();
    }

    Optional<RoomMonth> lock(Tx tx, RoomMonth month) {
        return tx.query(COLUMNS + "room_id = :room and month = :month and destroyed_ts is null for update")
                .bind("room", month.room().value())
                .bind("month", month.month().toString())
                .map(RoomMonthStore::month)
                .findOne();
    }

    List<RoomMonth> list(Tx tx, RoomId room, YearMonth from, YearMonth to) {
        return tx.query(COLUMNS + "room_id = :room and month between :from and :to order by month")
                .bind("room", room.value())
                .bind("from", from.toString())
                .bind("to", to.toString())
                .map(RoomMonthStore::month)
                .list();
    }

    /// What was found, and when to look again.
    void looked(Tx tx, RoomMonth found, Instant again) {
        tx.update("""
                        update room_month set unused_ts = :unused, held = :held, look_ts = :again
                        where room_id = :room and month = :month and destroyed_ts is null
                        """)
                .bind("unused", found.unused().map(Instant::toEpochMilli).orElse(null))
                .bind("held", found.held())
                .bind("again", again.toEpochMilli())
                .bind("room", found.room().value())
                .bind("month", found.month().toString())
                .execute();
    }

    /// False when that was noted before.
    boolean destroyed(Tx tx, RoomMonth month, Instant at) {
        return tx.update("""
                        update room_month set destroyed_ts = :at, held = false
                        where room_id = :room and month = :month and destroyed_ts is null
                        """)
                        .bind("at", at.toEpochMilli())
                        .bind("room", month.room().value())
                        .bind("month", month.month().toString())
                        .execute()
                == 1;
    }

    private static RoomMonth month(RowView row) {
        return new RoomMonth(
                new RoomId(row.getColumn("room_id", String.class)),
                YearMonth.parse(row.getColumn("month", String.class)),
                instant(row, "unused_ts"),
                row.getColumn("held", Boolean.class),
                instant(row, "destroyed_ts"));
    }

    private static Optional<Instant> instant(RowView row, String column) {
        return Optional.ofNullable(row.getColumn(column, Long.class)).map(Instant::ofEpochMilli);
    }
}
