package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns what lives only around a sign-in: tables `sign_in_session`, `sign_in_failure`, `login_token` and
/// `known_browser`.
final class SignInStore {
    /// A browser somebody signed in with is remembered so long after it was last used for that.
    static final Duration BROWSER_KEPT = Duration.ofDays(90);

    static final Duration FAILURES_KEPT = Duration.ofDays(1);

    record Session(UserId user, int wrongCodes) {}

    void addSession(Tx tx, byte[] hash, UserId user, Instant expires) {
        tx.update("""
                        insert into sign_in_session (session_hash, user_id, expires_at)
                        values (:hash, :user, :expires)
                        """)
                .bind("hash", hash)
                .bind("user", user.value())
                .bind("expires", expires)
                .execute();
    }

    Optional<Session> findSession(Tx tx, byte[] hash, Instant now) {
        return tx.query("""
                        select user_id, wrong_codes
                        from sign_in_session
                        where session_hash = :hash and expires_at > :now
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map(row -> new Session(
                        new UserId(row.getColumn("user_id", String.class)),
                        row.getColumn("wrong_codes", Integer.class)))
                .findOne();
    }

    void countWrongCode(Tx tx, byte[] hash) {
        tx.update("update sign_in_session set wrong_codes = wrong_codes + 1 where session_hash = :hash")
                .bind("hash", hash)
                .execute();
    }

    void deleteSession(Tx tx, byte[] hash) {
        tx.update("delete from sign_in_session where session_hash = :hash")
                .bind("hash", hash)
                .execute();
    }

    Optional<SlowDown> findFailures(Tx tx, byte[] account) {
        return tx.query("select failures, try_again_at from sign_in_failure where account_hash = :account")
                .bind("account", account)
                .map(row -> new SlowDown(
                        row.getColumn("failures", Integer.class), row.getColumn("try_again_at", Instant.class)))
                .findOne();
    }

    void putFailures(Tx tx, byte[] account, SlowDown slowDown, Instant now) {
        tx.update("""
                        insert into sign_in_failure (account_hash, failures, try_again_at, updated_at)
                        values (:account, :failures, :tryAgain, :now)
                        on conflict (account_hash) do update
                        set failures = excluded.failures, try_again_at = excluded.try_again_at,
                            updated_at = excluded.updated_at
                        """)
                .bind("account", account)
                .bind("failures", slowDown.wrongTries())
                .bind("tryAgain", slowDown.tryAgainAt())
                .bind("now", now)
                .execute();
    }

    void forgetFailures(Tx tx, byte[] account) {
        tx.update("delete from sign_in_failure where account_hash = :account")
                .bind("account", account)
                .execute();
    }

    /// Somebody who has passed both steps, and when that was.
    record Shown(UserId user, Instant passedAt) {}

    void addLoginToken(Tx tx, byte[] hash, Shown shown, Instant expires) {
        tx.update("""
                        insert into login_token (token_hash, user_id, expires_at, passed_at)
                        values (:hash, :user, :expires, :passed)
                        """)
                .bind("hash", hash)
                .bind("user", shown.user().value())
                .bind("expires", expires)
                .bind("passed", shown.passedAt())
                .execute();
    }

    /// Whom the token stands for; whatever the answer, it is good for nothing afterwards.
    Optional<Shown> useLoginToken(Tx tx, byte[] hash, Instant now) {
        return tx.query("""
                        delete from login_token where token_hash = :hash
                        returning user_id, expires_at > :now as good, coalesce(passed_at, :now) as passed
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .map(row -> row.getColumn("good", Boolean.class)
                        ? Optional.of(new Shown(
                                new UserId(row.getColumn("user_id", String.class)),
                                row.getColumn("passed", Instant.class)))
                        : Optional.<Shown>empty())
                .findOne()
                .flatMap(shown -> shown);
    }

    void addBrowser(Tx tx, byte[] hash, UserId user, Instant now) {
        tx.update("""
                        insert into known_browser (token_hash, user_id, created_at, used_at)
                        values (:hash, :user, :now, :now)
                        """)
                .bind("hash", hash)
                .bind("user", user.value())
                .bind("now", now)
                .execute();
    }

    boolean isKnownBrowser(Tx tx, byte[] hash, UserId user) {
        return tx.query("""
                        select exists (select 1 from known_browser where token_hash = :hash and user_id = :user)
                        """)
                .bind("hash", hash)
                .bind("user", user.value())
                .mapTo(Boolean.class)
                .one();
    }

    void browserUsed(Tx tx, byte[] hash, Instant now) {
        tx.update("update known_browser set used_at = :now where token_hash = :hash")
                .bind("now", now)
                .bind("hash", hash)
                .execute();
    }

    void forgetBrowsers(Tx tx, UserId user) {
        tx.update("delete from known_browser where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    /// Sign-ins under way end, and browsers are strangers again. Login tokens stay, to be refused with the reason.
    void forget(Tx tx, UserId user) {
        tx.update("delete from sign_in_session where user_id = :user")
                .bind("user", user.value())
                .execute();
        forgetBrowsers(tx, user);
    }

    /// Who has passed both steps and has no device yet begins again.
    void forgetLoginTokens(Tx tx, UserId user) {
        tx.update("delete from login_token where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from sign_in_session where expires_at < :now")
                .bind("now", now)
                .execute();
        tx.update("delete from login_token where expires_at < :now")
                .bind("now", now)
                .execute();
        tx.update("delete from sign_in_failure where updated_at < :before and try_again_at < :before")
                .bind("before", now.minus(FAILURES_KEPT))
                .execute();
        tx.update("delete from known_browser where used_at < :before")
                .bind("before", now.minus(BROWSER_KEPT))
                .execute();
    }
}
