package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import lanyard.platform.db.Tx;

/// What is not in the record, as the timer and the worklist see the table `decision`.
final class WorklistStore {
    /// Of what lies in a folder and was marked as entered in error, it is the mark that is missing there.
    private static final String MISSING = """
            (status in ('waiting', 'to_paste', 'refused')
                or status = 'saved_to_folder' and not exists (
                    select 1
                    from decision error
                    where error.about = decision.id and error.kind = 'error'))
            """;

    List<String> listOrganizations(Tx tx) {
        return tx.query("""
                        select distinct organization
                        from decision
                        where status in ('waiting', 'to_paste', 'refused', 'saved_to_folder')
                        """).mapTo(String.class).list();
    }

    List<UUID> listOverdue(Tx tx, String organization, Instant writtenBefore, int most) {
        return ids(tx.query("select id from decision where " + MISSING + """
                            and organization = :organization and written_ts <= :before and overdue_ts is null
                            and kind <> 'confirmation'
                        order by written_ts
                        limit :most
                        """)
                .bind("organization", organization)
                .bind("before", writtenBefore.toEpochMilli())
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    /// False when it reached the record or was marked meanwhile, or they were reminded.
    boolean remind(Tx tx, UUID id, Instant now) {
        return tx.update("update decision set overdue_ts = :now where id = :id and overdue_ts is null and " + MISSING)
                        .bind("id", id.toString())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    List<UUID> listToTheLead(Tx tx, Instant overdueBefore, int most) {
        return ids(tx.query("select id from decision where " + MISSING + """
                            and overdue_ts <= :before and escalated_ts is null
                        order by written_ts
                        limit :most
                        """)
                .bind("before", overdueBefore.toEpochMilli())
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    boolean tellLead(Tx tx, UUID id, Instant now) {
        return tx.update("update decision set escalated_ts = :now where id = :id and escalated_ts is null and "
                                + MISSING)
                        .bind("id", id.toString())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    /// What the record refused, and what is long overdue: the oldest first, and after all others what lies in a folder,
    /// which may be years of it. What was marked as entered in error has its
    /// mark there in its place.
    List<UUID> list(Tx tx, String organization, int most) {
        return ids(tx.query("""
                        select id
                        from decision
                        where organization = :organization
                            and (status = 'refused'
                                or (status in ('waiting', 'to_paste', 'saved_to_folder') and escalated_ts is not null))
                            and not exists (
                                select 1
                                from decision error
                                where error.about = decision.id and error.kind = 'error')
                        order by status = 'saved_to_folder', written_ts, line
                        limit :most
                        """)
                .bind("organization", organization)
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    private static List<UUID> ids(List<String> found) {
        return found.stream().map(UUID::fromString).toList();
    }
}
