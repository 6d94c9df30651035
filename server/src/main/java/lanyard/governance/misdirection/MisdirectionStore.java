package lanyard.governance.misdirection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.governance.misdirection.Misdirection.End;
import lanyard.governance.misdirection.Misdirection.Message;
import lanyard.governance.misdirection.Misdirection.Reader;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns the tables `misdirection`, `misdirection_reader` and `misdirection_month_to_destroy`.
final class MisdirectionStore {
    private static final String SELECT = """
            select case_id, organization, room_id, event_id, author, sent_at, reported_at, outcome, closed_by, closed_at
            from misdirection
            """;

    /// The reason, sealed with the key of a month.
    record Sealed(String month, byte[] why) {}

    void add(Tx tx, Misdirection fresh, Sealed sealed) {
        tx.update("""
                        insert into misdirection (case_id, organization, room_id, event_id, author, sent_at, reported_at,
                                                  why_key, why)
                        values (:id, :organization, :room, :event, :author, :sent, :reported, :key, :why)
                        """)
                .bind("id", fresh.id())
                .bind("organization", fresh.organization())
                .bind("room", fresh.message().room().value())
                .bind("event", fresh.message().event().value())
                .bind("author", fresh.message().author().value())
                .bind("sent", fresh.message().sentAt())
                .bind("reported", fresh.reportedAt())
                .bind("key", sealed.month())
                .bind("why", sealed.why())
                .execute();
        fresh.readers()
                .forEach(reader -> tx.update("""
                        insert into misdirection_reader (case_id, user_id, read_at, delivered_at)
                        values (:id, :user, :read, :delivered)
                        """)
                        .bind("id", fresh.id())
                        .bind("user", reader.user().value())
                        .bind("read", reader.readAt().orElse(null))
                        .bind("delivered", reader.deliveredAt().orElse(null))
                        .execute());
    }

    Optional<Misdirection> findOf(Tx tx, RoomId room, EventId event) {
        return tx.query(SELECT + "where room_id = :room and event_id = :event")
                .bind("room", room.value())
                .bind("event", event.value())
                .map(row -> misdirection(tx, row))
                .findOne();
    }

    Optional<Misdirection> find(Tx tx, String organization, String id) {
        return tx.query(SELECT + "where organization = :organization and case_id = :id")
                .bind("organization", organization)
                .bind("id", id)
                .map(row -> misdirection(tx, row))
                .findOne();
    }

    /// Open ones first, the newest first.
    List<Misdirection> list(Tx tx, String organization, int limit) {
        return tx.query(SELECT + """
                        where organization = :organization
                        order by closed_at is not null, reported_at desc, case_id limit :limit
                        """)
                .bind("organization", organization)
                .bind("limit", limit)
                .map(row -> misdirection(tx, row))
                .list();
    }

    Sealed why(Tx tx, String id) {
        return tx.query("select why_key, why from misdirection where case_id = :id")
                .bind("id", id)
                .map(row -> new Sealed(row.getColumn("why_key", String.class), row.getColumn("why", byte[].class)))
                .one();
    }

    /// False when it was closed before.
    boolean close(Tx tx, String id, End end) {
        return tx.update("""
                        update misdirection set outcome = :outcome, closed_by = :by, closed_at = :at
                        where case_id = :id and closed_at is null
                        """)
                        .bind("outcome", end.outcome())
                        .bind("by", end.by().value())
                        .bind("at", end.at())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// Cases reported before then, from after one of them on.
    List<Misdirection> listReportedBefore(Tx tx, Instant before, String after, int most) {
        return tx.query(SELECT + "where reported_at < :before and case_id > :after order by case_id limit :most")
                .bind("before", before)
                .bind("after", after)
                .bind("most", most)
                .map(row -> misdirection(tx, row))
                .list();
    }

    /// With its readers; the key of its month is doomed when it was the month's last. False when it is gone already.
    boolean dispose(Tx tx, String id, Instant now) {
        tx.update("delete from misdirection_reader where case_id = :id")
                .bind("id", id)
                .execute();
        var month = tx.query("delete from misdirection where case_id = :id returning why_key")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
        month.ifPresent(
                gone -> tx.update("""
                        insert into misdirection_month_to_destroy (month, decided_at)
                        select :month, :now where not exists (select from misdirection where why_key = :month)
                        on conflict (month) do nothing
                        """).bind("month", gone).bind("now", now).execute());
        return month.isPresent();
    }

    List<String> listMonthsToDestroy(Tx tx) {
        return tx.query("select month from misdirection_month_to_destroy order by month")
                .mapTo(String.class)
                .list();
    }

    void destroyed(Tx tx, String month) {
        tx.update("delete from misdirection_month_to_destroy where month = :month")
                .bind("month", month)
                .execute();
    }

    private static Misdirection misdirection(Tx tx, RowView row) {
        var id = row.getColumn("case_id", String.class);
        return new Misdirection(
                id,
                row.getColumn("organization", String.class),
                new Message(
                        new RoomId(row.getColumn("room_id", String.class)),
                        new EventId(row.getColumn("event_id", String.class)),
                        new UserId(row.getColumn("author", String.class)),
                        row.getColumn("sent_at", Instant.class)),
                row.getColumn("reported_at", Instant.class),
                readers(tx, id),
                Optional.ofNullable(row.getColumn("closed_at", Instant.class))
                        .map(at -> new End(
                                row.getColumn("outcome", String.class),
                                new UserId(row.getColumn("closed_by", String.class)),
                                at)));
    }

    private static List<Reader> readers(Tx tx, String id) {
        return tx.query("""
                        select user_id, read_at, delivered_at from misdirection_reader
                        where case_id = :id order by read_at nulls last, user_id
                        """)
                .bind("id", id)
                .map(row -> new Reader(
                        new UserId(row.getColumn("user_id", String.class)),
                        Optional.ofNullable(row.getColumn("read_at", Instant.class)),
                        Optional.ofNullable(row.getColumn("delivered_at", Instant.class))))
                .list();
    }
}
