package lanyard.governance.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import org.jdbi.v3.core.result.RowView;

/// Owns the tables `room_month` and `retention_day`.
final class RoomMonthStore {
    private static final String COLUMNS =
            "select room_id, month, unused_ts, unused_day, held, destroyed_ts from room_month where ";

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

    /// Notes that retention runs on that day.
    void seeDay(Tx tx, LocalDate day) {
        tx.update("insert into retention_day (day) values (:day) on conflict (day) do nothing")
                .bind("day", day)
                .execute();
    }

    /// On how many days it has run.
    int countDays(Tx tx) {
        return tx.query("select count(*) from retention_day")
                .mapTo(Integer.class)
                .one();
    }

    /// Whose time to be looked at has come, the longest waiting first; and those whose time is further away than any
    /// is set, by a clock that was ahead.
    List<RoomMonth> listToLook(Tx tx, Instant now, Instant furthest, int most) {
        return tx.query(COLUMNS + """
                        destroyed_ts is null and (look_ts <= :now or look_ts > :furthest)
                        order by look_ts, room_id, month limit :most
                        """)
                .bind("now", now.toEpochMilli())
                .bind("furthest", furthest.toEpochMilli())
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
                        update room_month
                        set unused_ts = :unused, unused_day = :day, held = :held, look_ts = :again
                        where room_id = :room and month = :month and destroyed_ts is null
                        """)
                .bind(
                        "unused",
                        found.unused()
                                .map(unused -> unused.since().toEpochMilli())
                                .orElse(null))
                .bind("day", found.unused().map(RoomMonth.Unused::day).orElse(null))
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
                instant(row, "unused_ts")
                        .map(since -> new RoomMonth.Unused(since, row.getColumn("unused_day", Integer.class))),
                row.getColumn("held", Boolean.class),
                instant(row, "destroyed_ts"));
    }

    private static Optional<Instant> instant(RowView row, String column) {
        return Optional.ofNullable(row.getColumn(column, Long.class)).map(Instant::ofEpochMilli);
    }
}
