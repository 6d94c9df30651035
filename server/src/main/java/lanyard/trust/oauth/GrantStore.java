package lanyard.trust.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// Owns tables `authorization_code` and `device_authorization`: sign-ins of apps that are under way.
final class GrantStore {
    static final Duration USED_KEPT = Duration.ofDays(1);

    /// @param redirect the address that the code was handed to
    record Code(
            String client,
            UserId user,
            DeviceId device,
            String redirect,
            Authorization.Bond bond,
            Instant expires,
            boolean used) {}

    void addCode(Tx tx, byte[] hash, Code code) {
        tx.update("""
                        insert into authorization_code
                            (code_hash, client_id, user_id, device_id, redirect_uri, challenge, key_thumbprint,
                             expires_at)
                        values (:hash, :client, :user, :device, :redirect, :challenge, :key, :expires)
                        """)
                .bind("hash", hash)
                .bind("client", code.client())
                .bind("user", code.user().value())
                .bind("device", code.device().value())
                .bind("redirect", code.redirect())
                .bind("challenge", code.bond().challenge())
                .bind("key", code.bond().key().orElse(null))
                .bind("expires", code.expires())
                .execute();
    }

    /// The code as it was before this use of it.
    Optional<Code> useCode(Tx tx, byte[] hash, Instant now) {
        var found = tx.query("""
                        select client_id, user_id, device_id, redirect_uri, challenge, key_thumbprint, expires_at,
                               used_at is not null as used
                        from authorization_code
                        where code_hash = :hash
                        for update
                        """)
                .bind("hash", hash)
                .map(row -> new Code(
                        row.getColumn("client_id", String.class),
                        new UserId(row.getColumn("user_id", String.class)),
                        new DeviceId(row.getColumn("device_id", String.class)),
                        row.getColumn("redirect_uri", String.class),
                        new Authorization.Bond(
                                row.getColumn("challenge", String.class),
                                Optional.ofNullable(row.getColumn("key_thumbprint", String.class))),
                        row.getColumn("expires_at", Instant.class),
                        row.getColumn("used", Boolean.class)))
                .findOne();
        tx.update("update authorization_code set used_at = :now where code_hash = :hash and used_at is null")
                .bind("now", now)
                .bind("hash", hash)
                .execute();
        return found;
    }

    /// @param user who has allowed it, once somebody has
    record Waiting(
            String client,
            DeviceId device,
            Instant expires,
            Instant nextPoll,
            int interval,
            @Nullable String user,
            boolean refused) {}

    void addWaiting(Tx tx, byte[] deviceCode, byte[] userCode, Waiting waiting) {
        tx.update("""
                        insert into device_authorization
                            (device_code_hash, user_code_hash, client_id, device_id, expires_at, next_poll_at,
                             interval_seconds)
                        values (:deviceCode, :userCode, :client, :device, :expires, :nextPoll, :interval)
                        """)
                .bind("deviceCode", deviceCode)
                .bind("userCode", userCode)
                .bind("client", waiting.client())
                .bind("device", waiting.device().value())
                .bind("expires", waiting.expires())
                .bind("nextPoll", waiting.nextPoll())
                .bind("interval", waiting.interval())
                .execute();
    }

    Optional<Waiting> findByDeviceCode(Tx tx, byte[] hash) {
        return find(tx, "device_code_hash = :hash for update", hash);
    }

    Optional<Waiting> findByUserCode(Tx tx, byte[] hash) {
        return find(tx, "user_code_hash = :hash", hash);
    }

    private static Optional<Waiting> find(Tx tx, String which, byte[] hash) {
        return tx.query("""
                        select client_id, device_id, expires_at, next_poll_at, interval_seconds, user_id, refused
                        from device_authorization
                        where %s
                        """.formatted(which))
                .bind("hash", hash)
                .map(row -> new Waiting(
                        row.getColumn("client_id", String.class),
                        new DeviceId(row.getColumn("device_id", String.class)),
                        row.getColumn("expires_at", Instant.class),
                        row.getColumn("next_poll_at", Instant.class),
                        row.getColumn("interval_seconds", Integer.class),
                        row.getColumn("user_id", String.class),
                        row.getColumn("refused", Boolean.class)))
                .findOne();
    }

    void polled(Tx tx, byte[] deviceCode, int interval, Instant nextPoll) {
        tx.update("""
                        update device_authorization
                        set interval_seconds = :interval, next_poll_at = :nextPoll
                        where device_code_hash = :hash
                        """)
                .bind("interval", interval)
                .bind("nextPoll", nextPoll)
                .bind("hash", deviceCode)
                .execute();
    }

    void allow(Tx tx, byte[] userCode, UserId user) {
        tx.update(
                        "update device_authorization set user_id = :user where user_code_hash = :hash and user_id is null and not refused")
                .bind("user", user.value())
                .bind("hash", userCode)
                .execute();
    }

    void refuse(Tx tx, byte[] userCode) {
        tx.update("update device_authorization set refused = true where user_code_hash = :hash and user_id is null")
                .bind("hash", userCode)
                .execute();
    }

    void removeWaiting(Tx tx, byte[] deviceCode) {
        tx.update("delete from device_authorization where device_code_hash = :hash")
                .bind("hash", deviceCode)
                .execute();
    }

    /// What the person has allowed and no app has fetched yet.
    void forget(Tx tx, UserId user) {
        tx.update("delete from authorization_code where user_id = :user and used_at is null")
                .bind("user", user.value())
                .execute();
        tx.update("delete from device_authorization where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from authorization_code where expires_at < :before")
                .bind("before", now.minus(USED_KEPT))
                .execute();
        tx.update("delete from device_authorization where expires_at < :before")
                .bind("before", now.minus(Duration.ofMinutes(5)))
                .execute();
    }
}
