package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;

/// The disposal sweep's view of the decisions.
final class ReleaseStore {
    /// Takes the decision whose grace period is over and which was looked at longest ago. So one that is kept, or that
    /// fails, does not stand in the way of those behind it.
    Optional<UUID> nextDue(Tx tx, Instant now) {
        return tx.query("""
                        update decision
                        set looked_at_ts = :now
                        where id = (
                            select id
                            from decision
                            where status in ('in_record', 'pasted') and originals_go_ts <= :now
                                and looked_at_ts < :now
                            order by looked_at_ts, originals_go_ts
                            limit 1
                            for update skip locked)
                        returning id
                        """)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .map(UUID::fromString);
    }

    /// The record was told that the decision should not be relied on, or is about to be: it no longer stands for the
    /// messages.
    boolean isWithdrawn(Tx tx, UUID id) {
        return tx.query("""
                        select exists (
                            select 1
                            from decision
                            where about = :id and kind = 'error' and status <> 'refused')
                        """).bind("id", id.toString()).mapTo(Boolean.class).one();
    }

    /// Another decision needs one of the same messages still: it is not in the record yet, is queried or has time left.
    boolean areNeededElsewhere(Tx tx, UUID id, Instant now) {
        return tx.query("""
                        select exists (
                            select 1
                            from decision_source own
                            join decision_source theirs
                                on theirs.event_id = own.event_id and theirs.decision_id <> own.decision_id
                            join decision other on other.id = theirs.decision_id
                            where own.decision_id = :id
                                and other.status not in ('disposed', 'withdrawn')
                                and not exists (
                                    select 1
                                    from decision error
                                    where error.about = other.id and error.kind = 'error'
                                        and error.acknowledged_ts is not null
                                        and error.status <> 'saved_to_folder')
                                and (other.originals_go_ts is null or other.originals_go_ts > :now
                                    or exists (
                                        select 1
                                        from decision_query
                                        where decision_query.decision_id = other.id)))
                        """)
                .bind("id", id.toString())
                .bind("now", now.toEpochMilli())
                .mapTo(Boolean.class)
                .one();
    }

    /// Not finished: on its way, in a folder only, or with originals still to go. What the record was told to disregard
    /// is, and what was withdrawn before it could have it.
    private static final String OPEN = """
            open.room_id = :room and open.status not in ('disposed', 'withdrawn')
                and not (open.kind = 'confirmation' and open.acknowledged_ts is not null)
                and not (open.kind = 'error' and open.acknowledged_ts is not null and open.status <> 'saved_to_folder')
                and not exists (
                    select 1
                    from decision error
                    where error.about = open.id and error.kind = 'error' and error.acknowledged_ts is not null
                        and error.status <> 'saved_to_folder')
            """;

    boolean isAwaited(Tx tx, RoomId room) {
        return tx.query("select exists (select 1 from decision open where " + OPEN + ")")
                .bind("room", room.value())
                .mapTo(Boolean.class)
                .one();
    }

    void keep(Tx tx, UUID id, Delay delay) {
        tx.update("""
                        update decision
                        set undelivered = :undelivered, awaits_file = :file
                        where id = :id
                        """)
                .bind("id", id.toString())
                .bind("undelivered", delay == Delay.UNDELIVERED)
                .bind("file", delay == Delay.FILE)
                .execute();
    }

    void disposed(Tx tx, UUID id, Instant now) {
        tx.update("""
                        update decision
                        set status = 'disposed', undelivered = false, awaits_file = false, disposed_ts = :now
                        where id = :id
                        """).bind("id", id.toString()).bind("now", now.toEpochMilli()).execute();
    }

    /// Messages of the room that a decision still needs: sources and summaries of all that are not finished.
    List<EventId> listAwaited(Tx tx, RoomId room) {
        return ids(tx.query("select source.event_id from decision open"
                        + " join decision_source source on source.decision_id = open.id where " + OPEN
                        + " union select open.summary_event_id from decision open where " + OPEN)
                .bind("room", room.value())
                .mapTo(String.class)
                .list());
    }

    /// Those of the messages that a decision was taken in which the record has acknowledged and was not told to
    /// disregard. A folder is not the record.
    List<EventId> listAcknowledged(Tx tx, Collection<EventId> events) {
        return ids(tx.query("""
                        select distinct source.event_id
                        from decision_source source join decision on decision.id = source.decision_id
                        where source.event_id = any(:events) and decision.acknowledged_ts is not null
                            and decision.status <> 'saved_to_folder'
                            and not exists (
                                select 1
                                from decision error
                                where error.about = decision.id and error.kind = 'error'
                                    and error.status <> 'refused')
                        """)
                .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                .mapTo(String.class)
                .list());
    }

    private static List<EventId> ids(List<String> values) {
        return values.stream().map(EventId::new).toList();
    }
}
