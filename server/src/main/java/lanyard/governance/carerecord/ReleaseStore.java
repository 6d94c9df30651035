package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import lanyard.platform.db.Tx;

/// The disposal sweep's view of the decisions.
final class ReleaseStore {
    /// Decisions whose grace period is over, those not looked at for longest first. Only what cannot be released for a
    /// reason outside this table is looked at again and again, so one that is kept does not hide those after it.
    List<UUID> listDue(Tx tx, Instant now, int limit) {
        return tx.query("""
                        select id
                        from decision
                        where status in ('in_record', 'saved_to_folder') and originals_go_ts <= :now
                            and looked_at_ts < :now
                        order by looked_at_ts, originals_go_ts
                        limit :limit
                        """)
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .map(UUID::fromString)
                .list();
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
                                and other.status <> 'disposed'
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

    void lookedAt(Tx tx, UUID id, boolean undelivered, Instant now) {
        tx.update("""
                        update decision
                        set looked_at_ts = :now, undelivered = :undelivered
                        where id = :id
                        """)
                .bind("id", id.toString())
                .bind("undelivered", undelivered)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void disposed(Tx tx, UUID id, Instant now) {
        tx.update("""
                        update decision
                        set status = 'disposed', undelivered = false, disposed_ts = :now
                        where id = :id
                        """).bind("id", id.toString()).bind("now", now.toEpochMilli()).execute();
    }
}
