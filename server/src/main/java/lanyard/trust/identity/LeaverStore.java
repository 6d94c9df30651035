package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns table `leaver_token` and the columns of `person` that say when it ends.
final class LeaverStore {
    private static final Duration TOKENS_KEPT = Duration.ofDays(30);

    /// What became of setting an end.
    enum Change {
        CHANGED,
        SAME,
        LEFT,
        UNKNOWN
    }

    Change putEnd(Tx tx, UserId user, Optional<Instant> when) {
        var before = tx.query("""
                        select ended_at is not null as ended, ends_at is not distinct from :when as same
                        from person
                        where user_id = :user and kind = 'staff' for update
                        """)
                .bind("when", when.orElse(null))
                .bind("user", user.value())
                .map(row -> row.getColumn("ended", Boolean.class)
                        ? Change.LEFT
                        : row.getColumn("same", Boolean.class) ? Change.SAME : Change.CHANGED)
                .findOne()
                .orElse(Change.UNKNOWN);
        if (before == Change.CHANGED) {
            tx.update("update person set ends_at = :when where user_id = :user")
                    .bind("when", when.orElse(null))
                    .bind("user", user.value())
                    .execute();
        }
        return before;
    }

    Optional<Instant> endOf(Tx tx, UserId user) {
        return tx.query("select ends_at from person where user_id = :user and ends_at is not null")
                .bind("user", user.value())
                .mapTo(Instant.class)
                .findOne();
    }

    Set<UserId> listEnded(Tx tx, Collection<UserId> users) {
        return Set.copyOf(tx.query("select user_id from person where user_id = any(:users) and ended_at is not null")
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list());
    }

    List<UserId> listDue(Tx tx, Instant now, int most) {
        return tx.query("""
                        select user_id from person
                        where ends_at <= :now and ended_at is null
                        order by ends_at, user_id limit :most
                        """)
                .bind("now", now)
                .bind("most", most)
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list();
    }

    boolean isDue(Tx tx, UserId user, Instant now) {
        return tx.query("""
                        select exists (
                            select 1 from person where user_id = :user and ends_at <= :now and ended_at is null)
                        """)
                .bind("user", user.value())
                .bind("now", now)
                .mapTo(Boolean.class)
                .one();
    }

    List<UserId> listInRooms(Tx tx, int most) {
        return tx.query("""
                        select user_id from person
                        where ended_at is not null and rooms_left_at is null
                        order by ended_at, user_id limit :most
                        """)
                .bind("most", most)
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list();
    }

    void leftRooms(Tx tx, UserId user, Instant now) {
        tx.update("update person set rooms_left_at = :now where user_id = :user and ended_at is not null")
                .bind("now", now)
                .bind("user", user.value())
                .execute();
    }

    /// The organisation, when they had left. An end that is past would end the account again at once.
    Optional<String> comeBack(Tx tx, UserId user) {
        tx.update("delete from leaver_token where user_id = :user")
                .bind("user", user.value())
                .execute();
        return tx.query("""
                        update person set ended_at = null, rooms_left_at = null, ends_at = null, forgotten = null
                        where user_id = :user and kind = 'staff' and ended_at is not null
                        returning organization
                        """).bind("user", user.value()).mapTo(String.class).findOne();
    }

    /// Nobody is somebody who has left.
    Admission.Account standing(Tx tx, UserId user) {
        return tx.query("""
                        select ended_at is not null as ended, locked_at is not null as locked
                        from person where user_id = :user
                        """)
                .bind("user", user.value())
                .map(row -> new Admission.Account(
                        row.getColumn("ended", Boolean.class), row.getColumn("locked", Boolean.class)))
                .findOne()
                .orElse(new Admission.Account(true, false));
    }

    /// Keeps the hashes of what would renew the person's sessions.
    void rememberTokens(Tx tx, UserId user, Instant now) {
        tx.update("""
                        insert into leaver_token (token_hash, user_id, ended_at)
                        select token_hash, user_id, :now from refresh_token where user_id = :user
                        on conflict (token_hash) do nothing
                        """).bind("now", now).bind("user", user.value()).execute();
    }

    boolean wasLeavers(Tx tx, byte[] hash) {
        return tx.query("select exists (select 1 from leaver_token where token_hash = :hash)")
                .bind("hash", hash)
                .mapTo(Boolean.class)
                .one();
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from leaver_token where ended_at < :before")
                .bind("before", now.minus(TOKENS_KEPT))
                .execute();
    }
}
