package lanyard.trust.console;

import java.time.Instant;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns table `console_session`.
final class SessionStore {
    /// @param id names it where the cookie must not be named
    record Kept(String id, UserId user, Instant created, Instant seen, Instant proven) {}

    void add(Tx tx, byte[] hash, Kept kept) {
        tx.update("""
                        insert into console_session (session_hash, session_id, user_id, created_at, seen_at, proven_at)
                        values (:hash, :id, :user, :created, :seen, :proven)
                        """)
                .bind("hash", hash)
                .bind("id", kept.id())
                .bind("user", kept.user().value())
                .bind("created", kept.created())
                .bind("seen", kept.seen())
                .bind("proven", kept.proven())
                .execute();
    }

    Optional<Kept> find(Tx tx, byte[] hash) {
        return tx.query("""
                        select session_id, user_id, created_at, seen_at, proven_at
                        from console_session where session_hash = :hash
                        """).bind("hash", hash).map(SessionStore::kept).findOne();
    }

    Optional<Kept> findById(Tx tx, String id) {
        return tx.query("""
                        select session_id, user_id, created_at, seen_at, proven_at
                        from console_session where session_id = :id
                        """).bind("id", id).map(SessionStore::kept).findOne();
    }

    private static Kept kept(RowView row) {
        return new Kept(
                row.getColumn("session_id", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                row.getColumn("created_at", Instant.class),
                row.getColumn("seen_at", Instant.class),
                row.getColumn("proven_at", Instant.class));
    }

    void seen(Tx tx, String id, Instant now) {
        tx.update("update console_session set seen_at = :now where session_id = :id")
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    void proven(Tx tx, String id, Instant now) {
        tx.update("update console_session set proven_at = :now where session_id = :id")
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    void end(Tx tx, String id) {
        tx.update("delete from console_session where session_id = :id")
                .bind("id", id)
                .execute();
    }

    void endAll(Tx tx, UserId user) {
        tx.update("delete from console_session where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    void sweep(Tx tx, Instant seenBefore, Instant createdBefore) {
        tx.update("delete from console_session where seen_at < :seen or created_at < :created")
                .bind("seen", seenBefore)
                .bind("created", createdBefore)
                .execute();
    }
}
