package lanyard.trust.hold;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Table `hold`.
final class HoldStore {
    private static final int MOST_LISTED = 1_000;
    private static final String COLUMNS = """
            select hold_id, subject_kind, subject, from_ts, to_ts, reason, placed_by, placed_ts from hold
            """;

    /// Who lifts, when and why.
    record Lift(UserId by, Instant at, String reason) {}

    void place(Tx tx, HoldId id, NewHold hold, Instant at) {
        var subject = hold.subject();
        tx.update("""
                insert into hold (hold_id, organization, subject_kind, subject, from_ts, to_ts, reason, placed_by,
                    placed_ts)
                values (:id, :organization, :kind, :subject, :from, :to, :reason, :by, :ts)
                """)
                .bind("id", id.value())
                .bind("organization", hold.organization())
                .bind("kind", subject.kind().word())
                .bind("subject", subject.id())
                .bind("from", millis(subject.from()))
                .bind("to", millis(subject.to()))
                .bind("reason", hold.reason())
                .bind("by", hold.by().value())
                .bind("ts", at.toEpochMilli())
                .execute();
    }

    private static @Nullable Long millis(Optional<Instant> at) {
        return at.map(Instant::toEpochMilli).orElse(null);
    }

    /// What was held; empty when there is no such hold or it was lifted before.
    Optional<HoldSubject> lift(Tx tx, HoldId id, Lift lift) {
        return tx.query("""
                update hold set lifted_by = :by, lifted_ts = :ts, lift_reason = :reason
                where hold_id = :id and lifted_ts is null
                returning subject_kind, subject, from_ts, to_ts
                """)
                .bind("id", id.value())
                .bind("by", lift.by().value())
                .bind("ts", lift.at().toEpochMilli())
                .bind("reason", lift.reason())
                .map(HoldStore::subject)
                .findOne();
    }

    /// Until the transaction ends, no hold is placed. One lock for all of them: a hold on a person or a patient may
    /// cover any room, and whoever takes one lock only never waits for another in a ring.
    void keepOut(Tx tx) {
        tx.query("select pg_advisory_xact_lock_shared(hashtextextended('hold', 3))::text")
                .mapTo(String.class)
                .one();
    }

    /// Waits until no transaction that asked [#keepOut] is open any more.
    void waitForDecisions(Tx tx) {
        tx.query("select pg_advisory_xact_lock(hashtextextended('hold', 3))::text")
                .mapTo(String.class)
                .one();
    }

    List<Standing.Span> listSpans(Tx tx, Doomed doomed) {
        return tx.query("""
                select from_ts, to_ts from hold
                where lifted_ts is null
                    and (subject_kind = 'room' and subject = any(:rooms)
                        or subject_kind = 'person' and subject = any(:people)
                        or subject_kind = 'patient' and subject = any(:patients))
                """)
                .bind("rooms", values(doomed.rooms(), RoomId::value))
                .bind("people", values(doomed.people(), UserId::value))
                .bind("patients", values(doomed.patients(), patient -> patient))
                .map((RowView row) -> new Standing.Span(
                        instant(row, "from_ts").orElse(Instant.MIN),
                        instant(row, "to_ts").orElse(Instant.MAX)))
                .list();
    }

    private static <T> String[] values(Collection<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    List<Hold> listStanding(Tx tx, String organization) {
        return tx.query(COLUMNS + """
                where organization = :organization and lifted_ts is null
                order by placed_ts, hold_id limit :most
                """)
                .bind("organization", organization)
                .bind("most", MOST_LISTED)
                .map(HoldStore::hold)
                .list();
    }

    List<Hold> listStanding(Tx tx, RoomId room) {
        return tx.query(COLUMNS + """
                where subject_kind = 'room' and subject = :room and lifted_ts is null
                order by placed_ts, hold_id limit :most
                """)
                .bind("room", room.value())
                .bind("most", MOST_LISTED)
                .map(HoldStore::hold)
                .list();
    }

    boolean isStanding(Tx tx, HoldId id) {
        return tx.query("select exists (select 1 from hold where hold_id = :id and lifted_ts is null)")
                .bind("id", id.value())
                .mapTo(Boolean.class)
                .one();
    }

    Optional<Hold> find(Tx tx, String organization, HoldId id) {
        return tx.query(COLUMNS + "where hold_id = :id and organization = :organization and lifted_ts is null")
                .bind("id", id.value())
                .bind("organization", organization)
                .map(HoldStore::hold)
                .findOne();
    }

    private static Hold hold(RowView row) {
        return new Hold(
                new HoldId(row.getColumn("hold_id", String.class)),
                subject(row),
                row.getColumn("reason", String.class),
                new UserId(row.getColumn("placed_by", String.class)),
                Instant.ofEpochMilli(row.getColumn("placed_ts", Long.class)));
    }

    private static HoldSubject subject(RowView row) {
        return new HoldSubject(
                HoldSubject.Kind.of(Objects.requireNonNull(row.getColumn("subject_kind", String.class))),
                Objects.requireNonNull(row.getColumn("subject", String.class)),
                instant(row, "from_ts"),
                instant(row, "to_ts"));
    }

    private static Optional<Instant> instant(RowView row, String column) {
        return Optional.ofNullable(row.getColumn(column, Long.class)).map(Instant::ofEpochMilli);
    }
}
