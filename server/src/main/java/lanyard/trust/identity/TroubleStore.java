package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lanyard.platform.db.Tx;

/// Owns the table `sign_in_trouble`.
final class TroubleStore {
    private static final Duration KEPT = Duration.ofDays(30);

    /// As it is shown.
    record Row(Instant at, String kind, String user, String source) {}

    void add(Tx tx, Trouble trouble) {
        tx.update("""
                        insert into sign_in_trouble (at, kind, user_id, source)
                        values (:at, :kind, nullif(:user, ''), :source)
                        """)
                .bind("at", trouble.at())
                .bind("kind", trouble.kind().word())
                .bind("user", trouble.user())
                .bind("source", trouble.source())
                .execute();
    }

    /// The newest first: of the organisation's people, and of nobody's in particular.
    List<Row> list(Tx tx, String organization, int limit) {
        return tx.query("""
                        select at, sign_in_trouble.kind, coalesce(sign_in_trouble.user_id, '') as about, source
                        from sign_in_trouble left join person on person.user_id = sign_in_trouble.user_id
                        where sign_in_trouble.user_id is null or person.organization = :organization
                        order by sign_in_trouble.id desc limit :limit
                        """)
                .bind("organization", organization)
                .bind("limit", limit)
                .map(row -> new Row(
                        row.getColumn("at", Instant.class),
                        row.getColumn("kind", String.class),
                        row.getColumn("about", String.class),
                        row.getColumn("source", String.class)))
                .list();
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from sign_in_trouble where at < :before")
                .bind("before", now.minus(KEPT))
                .execute();
    }
}
