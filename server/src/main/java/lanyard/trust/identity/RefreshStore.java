package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jspecify.annotations.Nullable;

/// Owns table `refresh_token`, and the ends of access tokens.
final class RefreshStore {
    static final Duration USED_KEPT = Duration.ofDays(30);

    /// @param successor the hash of the token it was exchanged for; null while it was not
    record Row(UserId user, DeviceId device, byte @Nullable [] successor) {}

    /// A refresh token and the access token that came with it, by their hashes.
    record Pair(byte[] refresh, byte[] access) {}

    Optional<Row> find(Tx tx, byte[] hash) {
        return tx.query("""
                        select user_id, device_id, successor from refresh_token where token_hash = :hash for update
                        """)
                .bind("hash", hash)
                .map(row -> new Row(
                        new UserId(row.getColumn("user_id", String.class)),
                        new DeviceId(row.getColumn("device_id", String.class)),
                        row.getColumn("successor", byte[].class)))
                .findOne();
    }

    /// Whether neither the refresh token nor the access token that came with it was used yet.
    boolean isUnused(Tx tx, byte[] hash) {
        return tx.query("""
                        select exists (
                            select 1 from refresh_token r join access_token a on a.token_hash = r.access_hash
                            where r.token_hash = :hash and r.successor is null and a.used_at is null)
                        """).bind("hash", hash).mapTo(Boolean.class).one();
    }

    void add(Tx tx, Row owner, Pair pair, Instant now) {
        tx.update("""
                        insert into refresh_token (token_hash, user_id, device_id, access_hash, created_at)
                        values (:hash, :user, :device, :access, :now)
                        """)
                .bind("hash", pair.refresh())
                .bind("user", owner.user().value())
                .bind("device", owner.device().value())
                .bind("access", pair.access())
                .bind("now", now)
                .execute();
    }

    void addAccess(Tx tx, Row owner, byte[] hash, Instant now, Instant expires) {
        tx.update("""
                        insert into access_token (token_hash, user_id, device_id, created_at, expires_at)
                        values (:hash, :user, :device, :now, :expires)
                        """)
                .bind("hash", hash)
                .bind("user", owner.user().value())
                .bind("device", owner.device().value())
                .bind("now", now)
                .bind("expires", expires)
                .execute();
    }

    /// From now on the access token ends at `expires`.
    void limit(Tx tx, byte[] access, Instant expires) {
        tx.update("update access_token set expires_at = :expires where token_hash = :hash")
                .bind("expires", expires)
                .bind("hash", access)
                .execute();
    }

    void succeed(Tx tx, byte[] hash, byte[] successor) {
        tx.update("update refresh_token set successor = :successor where token_hash = :hash")
                .bind("successor", successor)
                .bind("hash", hash)
                .execute();
    }

    /// Takes a pair away that never reached its device.
    void remove(Tx tx, byte[] hash) {
        tx.update("""
                        delete from access_token
                        where token_hash = (select access_hash from refresh_token where token_hash = :hash)
                        """).bind("hash", hash).execute();
        tx.update("delete from refresh_token where token_hash = :hash")
                .bind("hash", hash)
                .execute();
    }

    void removeOfDevice(Tx tx, UserId user, DeviceId device) {
        tx.update("delete from refresh_token where user_id = :user and device_id = :device")
                .bind("user", user.value())
                .bind("device", device.value())
                .execute();
    }

    /// The new access token has arrived: the ones before it end.
    void firstUse(Tx tx, byte[] access, Instant now) {
        tx.update("update access_token set used_at = :now where token_hash = :hash and used_at is null")
                .bind("now", now)
                .bind("hash", access)
                .execute();
        tx.update("""
                        delete from access_token old using access_token fresh
                        where fresh.token_hash = :hash and old.user_id = fresh.user_id
                          and old.device_id = fresh.device_id and old.token_hash <> fresh.token_hash
                          and old.created_at <= fresh.created_at
                        """).bind("hash", access).execute();
    }

    void sweep(Tx tx, Instant now) {
        tx.update("delete from access_token where expires_at < :now")
                .bind("now", now.minus(Duration.ofDays(1)))
                .execute();
        tx.update("delete from refresh_token where successor is not null and created_at < :before")
                .bind("before", now.minus(USED_KEPT))
                .execute();
    }
}
