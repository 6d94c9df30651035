package lanyard.trust.hold;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Table `hold`.
final class HoldStore {
    private static final int MOST_LISTED = 1_000;

    /// Who lifts, when and why.
    record Lift(UserId by, Instant at, String reason) {}

    void place(Tx tx, HoldId id, NewHold hold, Instant at) {
        tx.update("""
                insert into hold (hold_id, organization, subject_kind, subject, reason, placed_by, placed_ts)
                values (:id, :organization, 'room', :room, :reason, :by, :ts)
                """)
                .bind("id", id.value())
                .bind("organization", hold.organization())
                .bind("room", hold.room().value())
                .bind("reason", hold.reason())
                .bind("by", hold.by().value())
                .bind("ts", at.toEpochMilli())
                .execute();
    }

    /// The room that was held; empty when there is no such hold or it was lifted before.
    Optional<RoomId> lift(Tx tx, HoldId id, Lift lift) {
        return tx.query("""
                update hold set lifted_by = :by, lifted_ts = :ts, lift_reason = :reason
                where hold_id = :id and lifted_ts is null
                returning subject
                """)
                .bind("id", id.value())
                .bind("by", lift.by().value())
                .bind("ts", lift.at().toEpochMilli())
                .bind("reason", lift.reason())
                .mapTo(String.class)
                .findOne()
                .map(RoomId::new);
    }

    boolean covers(Tx tx, RoomId room) {
        return tx.query("""
                select exists (
                    select from hold where subject_kind = 'room' and subject = :room and lifted_ts is null)
                """).bind("room", room.value()).mapTo(Boolean.class).one();
    }

    /// Until the transaction ends, no hold is placed on the room.
    void keepOut(Tx tx, RoomId room) {
        tx.query("select pg_advisory_xact_lock_shared(hashtextextended(:room, 3))::text")
                .bind("room", "hold " + room.value())
                .mapTo(String.class)
                .one();
    }

    /// In one order, so that two who ask at once do not wait for each other.
    void keepOutOfAny(Tx tx, Collection<RoomId> rooms) {
        tx.query("""
                select pg_advisory_xact_lock_shared(hashtextextended('hold ' || room, 3))::text
                from (select room from unnest(:rooms::text[]) as room order by room) as ordered
                """).bind("rooms", values(rooms)).mapTo(String.class).list();
    }

    boolean coversAny(Tx tx, Collection<RoomId> rooms) {
        return tx.query("""
                select exists (
                    select from hold where subject_kind = 'room' and subject = any(:rooms) and lifted_ts is null)
                """).bind("rooms", values(rooms)).mapTo(Boolean.class).one();
    }

    private static String[] values(Collection<RoomId> rooms) {
        return rooms.stream().map(RoomId::value).toArray(String[]::new);
    }

    /// Waits until no transaction that asked [#keepOut] is open any more.
    void waitForDecisions(Tx tx, RoomId room) {
        tx.query("select pg_advisory_xact_lock(hashtextextended(:room, 3))::text")
                .bind("room", "hold " + room.value())
                .mapTo(String.class)
                .one();
    }

    List<Hold> listStanding(Tx tx, RoomId room) {
        return tx.query("""
                select hold_id, subject, reason, placed_by, placed_ts from hold
                where subject_kind = 'room' and subject = :room and lifted_ts is null
                order by placed_ts, hold_id limit :most
                """)
                .bind("room", room.value())
                .bind("most", MOST_LISTED)
                .map(HoldStore::hold)
                .list();
    }

    private static Hold hold(RowView row) {
        return new Hold(
                new HoldId(row.getColumn("hold_id", String.class)),
                new RoomId(row.getColumn("subject", String.class)),
                row.getColumn("reason", String.class),
                new UserId(row.getColumn("placed_by", String.class)),
                Instant.ofEpochMilli(row.getColumn("placed_ts", Long.class)));
    }
}
