package lanyard.trust.scim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Owns table `scim_token`.
final class ScimTokenStore {
    record Row(
            String id,
            String organization,
            String createdBy,
            Instant created,
            Instant expires,
            Optional<Instant> lastUsed) {}

    void add(Tx tx, Row row, byte[] hash) {
        tx.update("""
                        insert into scim_token (token_id, organization, token_hash, created_by, created_at, expires_at)
                        values (:id, :organization, :hash, :by, :created, :expires)
                        """)
                .bind("id", row.id())
                .bind("organization", row.organization())
                .bind("hash", hash)
                .bind("by", row.createdBy())
                .bind("created", row.created())
                .bind("expires", row.expires())
                .execute();
    }

    boolean remove(Tx tx, String organization, String id) {
        return tx.update("delete from scim_token where organization = :organization and token_id = :id")
                        .bind("organization", organization)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    List<Row> list(Tx tx, String organization, Instant now) {
        return tx.query("""
                        select token_id, organization, created_by, created_at, expires_at, last_used_at
                        from scim_token
                        where organization = :organization and expires_at > :now
                        order by created_at, token_id
                        """)
                .bind("organization", organization)
                .bind("now", now)
                .map(ScimTokenStore::row)
                .list();
    }

    /// Its use is written down once a minute at most.
    Optional<Row> use(Tx tx, byte[] hash, Instant now) {
        var found = tx.query("""
                        select token_id, organization, created_by, created_at, expires_at, last_used_at
                        from scim_token
                        where token_hash = :hash and expires_at > :now
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map(ScimTokenStore::row)
                .findOne();
        found.filter(row -> row.lastUsed()
                        .filter(last -> last.isAfter(now.minusSeconds(60)))
                        .isEmpty())
                .ifPresent(row -> tx.update("update scim_token set last_used_at = :now where token_hash = :hash")
                        .bind("now", now)
                        .bind("hash", hash)
                        .execute());
        return found;
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from scim_token where expires_at < :now")
                .bind("now", now)
                .execute();
    }

    private static Row row(RowView row) {
        return new Row(
                row.getColumn("token_id", String.class),
                row.getColumn("organization", String.class),
                row.getColumn("created_by", String.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("expires_at", Instant.class),
                Optional.ofNullable(row.getColumn("last_used_at", Instant.class)));
    }
}
