package lanyard.trust.upstream;

import java.time.Instant;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns tables `upstream_sign_in` and `upstream_account`.
final class UpstreamStore {
    /// A sign-in under way.
    record Pending(String organization, byte[] browserHash, String returnTo) {}

    void add(Tx tx, byte[] state, Pending pending, Instant expires) {
        tx.update("""
                        insert into upstream_sign_in (state_hash, organization, browser_hash, return_to, expires_at)
                        values (:state, :organization, :browser, :back, :expires)
                        """)
                .bind("state", state)
                .bind("organization", pending.organization())
                .bind("browser", pending.browserHash())
                .bind("back", pending.returnTo())
                .bind("expires", expires)
                .execute();
    }

    /// Whatever the answer, it is good for nothing afterwards.
    Optional<Pending> use(Tx tx, byte[] state, byte[] browser, Instant now) {
        return tx.query("""
                        delete from upstream_sign_in where state_hash = :state and browser_hash = :browser
                        returning organization, return_to, expires_at > :now as good
                        """)
                .bind("state", state)
                .bind("browser", browser)
                .bind("now", now)
                .map(row -> row.getColumn("good", Boolean.class)
                        ? Optional.of(new Pending(
                                row.getColumn("organization", String.class),
                                browser,
                                row.getColumn("return_to", String.class)))
                        : Optional.<Pending>empty())
                .findOne()
                .flatMap(pending -> pending);
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from upstream_sign_in where expires_at < :now")
                .bind("now", now)
                .execute();
    }

    /// An organisation's account at a provider.
    record At(String organization, String issuer) {}

    Optional<UserId> find(Tx tx, At at, String key) {
        return tx.query("""
                        select user_id from upstream_account
                        where organization = :organization and issuer = :issuer and account_key = :key
                        """)
                .bind("organization", at.organization())
                .bind("issuer", at.issuer())
                .bind("key", key)
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .findOne();
    }

    Optional<UserId> findBySubject(Tx tx, At at, String subject) {
        return tx.query("""
                        select user_id from upstream_account
                        where organization = :organization and issuer = :issuer and subject = :subject
                        """)
                .bind("organization", at.organization())
                .bind("issuer", at.issuer())
                .bind("subject", subject)
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .findOne();
    }

    void link(Tx tx, At at, Vouched vouched, UserId user, Instant now) {
        tx.update("""
                        insert into upstream_account (organization, issuer, account_key, subject, user_id, linked_at)
                        values (:organization, :issuer, :key, :subject, :user, :now)
                        """)
                .bind("organization", at.organization())
                .bind("issuer", at.issuer())
                .bind("key", vouched.key())
                .bind("subject", vouched.subject())
                .bind("user", user.value())
                .bind("now", now)
                .execute();
    }
}
