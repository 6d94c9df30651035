package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns the table `disclosure_unsealing`.
final class UnsealingStore {
    private static final int MOST_LISTED = 1_000;

    /// An unsealing that began: by whom, in which case.
    record Began(String id, CaseId about, Instant at, UserId by) {}

    void add(Tx tx, String organization, Began began) {
        tx.update("""
                        insert into disclosure_unsealing (unsealing_id, case_id, organization, ts, by_user)
                        values (:id, :case, :organization, :ts, :by)
                        """)
                .bind("id", began.id())
                .bind("case", began.about().value())
                .bind("organization", organization)
                .bind("ts", began.at().toEpochMilli())
                .bind("by", began.by().value())
                .execute();
    }

    /// Those that the data protection officer has not seen yet, the oldest first.
    List<Began> listUnnoticed(Tx tx, String organization) {
        return tx.query("""
                        select unsealing_id, case_id, ts, by_user from disclosure_unsealing
                        where organization = :organization and noticed_ts is null
                        order by ts, unsealing_id limit :most
                        """)
                .bind("organization", organization)
                .bind("most", MOST_LISTED)
                .map((RowView row) -> new Began(
                        row.getColumn("unsealing_id", String.class),
                        new CaseId(row.getColumn("case_id", String.class)),
                        Instant.ofEpochMilli(row.getColumn("ts", Long.class)),
                        new UserId(row.getColumn("by_user", String.class))))
                .list();
    }

    /// Of which case it was; empty when it is not the organisation's or was noticed before.
    Optional<CaseId> notice(Tx tx, String organization, String id, UserId by, Instant now) {
        return tx.query("""
                        update disclosure_unsealing set noticed_by = :by, noticed_ts = :now
                        where unsealing_id = :id and organization = :organization and noticed_ts is null
                        returning case_id
                        """)
                .bind("id", id)
                .bind("organization", organization)
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .map(CaseId::new);
    }
}
