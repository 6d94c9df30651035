package lanyard.trust.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns tables `device`, `access_token` and `wiped_token`. A device's tokens go with it.
final class DeviceStore {
    /// Makes the device, or signs an existing one in again.
    void signIn(Tx tx, Device device) {
        tx.update("""
                        insert into device (user_id, device_id, display_name, created_at, signed_in_at, last_seen_at,
                                            app_client, clinical, key_thumbprint)
                        values (:user, :device, :name, :now, :now, :now, :client, :clinical, :key)
                        on conflict (user_id, device_id) do update
                        set signed_in_at = excluded.signed_in_at, last_seen_at = excluded.last_seen_at,
                            app_client = excluded.app_client, clinical = excluded.clinical,
                            key_thumbprint = excluded.key_thumbprint
                        """)
                .bind("user", device.user().value())
                .bind("device", device.id().value())
                .bind("name", device.displayName())
                .bind("now", device.signedInAt())
                .bind("client", device.app().map(AppAccess::client).orElse(null))
                .bind("clinical", device.app().map(AppAccess::clinical).orElse(true))
                .bind("key", device.app().flatMap(AppAccess::key).orElse(null))
                .execute();
    }

    void replaceToken(Tx tx, UserId user, DeviceId device, byte[] hash, Instant now) {
        tx.update("delete from access_token where user_id = :user and device_id = :device")
                .bind("user", user.value())
                .bind("device", device.value())
                .execute();
        tx.update("""
                        insert into access_token (token_hash, user_id, device_id, created_at)
                        values (:hash, :user, :device, :now)
                        """)
                .bind("hash", hash)
                .bind("user", user.value())
                .bind("device", device.value())
                .bind("now", now)
                .execute();
    }

    /// Whom a token stands for and what is to be known of it.
    ///
    /// @param deviceLocked this device alone: a phone that was reported lost
    record Known(
            Caller caller,
            boolean locked,
            boolean deviceLocked,
            boolean suspended,
            Optional<Instant> expires,
            boolean isUsed) {}

    Optional<Known> caller(Tx tx, byte[] tokenHash) {
        return tx.query("""
                        select t.user_id, t.device_id, t.expires_at, t.used_at is not null as used, p.organization,
                               p.locked_at is not null as locked, p.suspended_at is not null as suspended,
                               d.locked_at is not null as device_locked, d.handset_id, d.app_client, d.clinical,
                               d.key_thumbprint
                        from access_token t join person p on p.user_id = t.user_id
                             join device d on d.user_id = t.user_id and d.device_id = t.device_id
                        where t.token_hash = :hash and p.ended_at is null
                        """)
                .bind("hash", tokenHash)
                .map(row -> new Known(
                        new Caller(
                                new UserId(row.getColumn("user_id", String.class)),
                                new DeviceId(row.getColumn("device_id", String.class)),
                                row.getColumn("organization", String.class),
                                app(row),
                                Optional.ofNullable(row.getColumn("handset_id", String.class))),
                        row.getColumn("locked", Boolean.class),
                        row.getColumn("device_locked", Boolean.class),
                        row.getColumn("suspended", Boolean.class),
                        Optional.ofNullable(row.getColumn("expires_at", Instant.class)),
                        row.getColumn("used", Boolean.class)))
                .findOne();
    }

    /// Whose wiped device an old token was of, of either kind; without a device for one wiped long ago.
    Optional<Optional<DeviceKey>> findWiped(Tx tx, byte[] tokenHash) {
        return tx.query("select user_id, device_id from wiped_token where token_hash = :hash")
                .bind("hash", tokenHash)
                .map(row -> Optional.ofNullable(row.getColumn("device_id", String.class))
                        .map(device -> new DeviceKey(
                                new UserId(row.getColumn("user_id", String.class)), new DeviceId(device))))
                .findOne();
    }

    boolean isWiped(Tx tx, UserId user, DeviceId device) {
        return tx.query("""
                        select exists (select 1 from wiped_token where user_id = :user and device_id = :device)
                        """)
                .bind("user", user.value())
                .bind("device", device.value())
                .mapTo(Boolean.class)
                .one();
    }

    /// Remembers the device's tokens of both kinds, so that whoever comes back with one is told to clear their phone.
    void rememberWiped(Tx tx, UserId user, DeviceId device, Instant now) {
        tx.update("""
                        insert into wiped_token (token_hash, wiped_at, user_id, device_id)
                        select token_hash, cast(:now as timestamptz), user_id, device_id from access_token
                        where user_id = :user and device_id = :device
                        union all
                        select token_hash, cast(:now as timestamptz), user_id, device_id from refresh_token
                        where user_id = :user and device_id = :device
                        on conflict (token_hash) do nothing
                        """)
                .bind("now", now)
                .bind("user", user.value())
                .bind("device", device.value())
                .execute();
    }

    boolean lock(Tx tx, UserId user, DeviceId device, Optional<Instant> at) {
        return tx.update("update device set locked_at = :at where user_id = :user and device_id = :device")
                        .bind("at", at.orElse(null))
                        .bind("user", user.value())
                        .bind("device", device.value())
                        .execute()
                == 1;
    }

    /// Whether the device that a token of either kind is of was reported lost.
    boolean isLocked(Tx tx, byte[] tokenHash) {
        return tx.query("""
                        select exists (
                            select 1 from device
                            where locked_at is not null and (user_id, device_id) in
                                  (select user_id, device_id from access_token where token_hash = :hash
                                   union select user_id, device_id from refresh_token where token_hash = :hash))
                        """).bind("hash", tokenHash).mapTo(Boolean.class).one();
    }

    void personWiped(Tx tx, UserId user, Instant now) {
        tx.update("update person set wiped_at = :now where user_id = :user")
                .bind("now", now)
                .bind("user", user.value())
                .execute();
    }

    /// Whether this device is younger than the last wipe of a phone of its person's, and that was after `since`.
    boolean isYoungerThanWipe(Tx tx, UserId user, DeviceId device, Instant since) {
        return tx.query("""
                        select exists (select 1 from device d join person p on p.user_id = d.user_id
                                       where d.user_id = :user and d.device_id = :device
                                         and p.wiped_at > :since and d.created_at >= p.wiped_at)
                        """)
                .bind("user", user.value())
                .bind("device", device.value())
                .bind("since", since)
                .mapTo(Boolean.class)
                .one();
    }

    List<Device> list(Tx tx, UserId user) {
        return tx.query("""
                        select user_id, device_id, display_name, handset_id, signed_in_at, last_seen_at,
                               app_client, clinical, key_thumbprint, locked_at is not null as locked
                        from device
                        where user_id = :user
                        order by created_at, device_id
                        """).bind("user", user.value()).map(DeviceStore::device).list();
    }

    Optional<Device> find(Tx tx, UserId user, DeviceId device) {
        return tx.query("""
                        select user_id, device_id, display_name, handset_id, signed_in_at, last_seen_at,
                               app_client, clinical, key_thumbprint, locked_at is not null as locked
                        from device
                        where user_id = :user and device_id = :device
                        """)
                .bind("user", user.value())
                .bind("device", device.value())
                .map(DeviceStore::device)
                .findOne();
    }

    boolean rename(Tx tx, UserId user, DeviceId device, String displayName) {
        return tx.update("""
                        update device set display_name = :name where user_id = :user and device_id = :device
                        """)
                        .bind("name", displayName)
                        .bind("user", user.value())
                        .bind("device", device.value())
                        .execute()
                == 1;
    }

    boolean attachHandset(Tx tx, UserId user, DeviceId device, String handset) {
        return tx.update("""
                        update device set handset_id = :handset where user_id = :user and device_id = :device
                        """)
                        .bind("handset", handset)
                        .bind("user", user.value())
                        .bind("device", device.value())
                        .execute()
                == 1;
    }

    /// When its person last proved themselves on it: by signing in with two steps, or again since.
    Optional<Instant> provenAt(Tx tx, UserId user, DeviceId device) {
        return tx.query("""
                        select greatest(signed_in_at, stepped_up_at) from device
                        where user_id = :user and device_id = :device
                        """)
                .bind("user", user.value())
                .bind("device", device.value())
                .mapTo(Instant.class)
                .findOne();
    }

    void provenAgain(Tx tx, UserId user, DeviceId device, Instant now) {
        tx.update("update device set stepped_up_at = :now where user_id = :user and device_id = :device")
                .bind("now", now)
                .bind("user", user.value())
                .bind("device", device.value())
                .execute();
    }

    boolean remove(Tx tx, UserId user, DeviceId device) {
        return tx.update("delete from device where user_id = :user and device_id = :device")
                        .bind("user", user.value())
                        .bind("device", device.value())
                        .execute()
                == 1;
    }

    void seen(Tx tx, Map<DeviceKey, Instant> seen) {
        var keys = List.copyOf(seen.keySet());
        tx.update("""
                        update device d set last_seen_at = s.at
                        from (select unnest(:users) as user_id, unnest(:devices) as device_id,
                                     to_timestamp(unnest(:seconds)) as at) s
                        where d.user_id = s.user_id and d.device_id = s.device_id and d.last_seen_at < s.at
                        """)
                .bind(
                        "users",
                        texts(keys.stream().map(key -> key.user().value()).toList()))
                .bind(
                        "devices",
                        texts(keys.stream().map(key -> key.device().value()).toList()))
                .bind(
                        "seconds",
                        keys.stream().mapToLong(key -> epochSecond(seen, key)).toArray())
                .execute();
    }

    /// A device everywhere, as [DeviceId] is only unique for its user.
    record DeviceKey(UserId user, DeviceId device) {}

    private static long epochSecond(Map<DeviceKey, Instant> seen, DeviceKey key) {
        return seen.getOrDefault(key, Instant.EPOCH).getEpochSecond();
    }

    private static String[] texts(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    private static Device device(RowView row) {
        return new Device(
                new UserId(row.getColumn("user_id", String.class)),
                new DeviceId(row.getColumn("device_id", String.class)),
                row.getColumn("display_name", String.class),
                Optional.ofNullable(row.getColumn("handset_id", String.class)),
                row.getColumn("signed_in_at", Instant.class),
                row.getColumn("last_seen_at", Instant.class),
                app(row),
                row.getColumn("locked", Boolean.class));
    }

    private static Optional<AppAccess> app(RowView row) {
        return Optional.ofNullable(row.getColumn("app_client", String.class))
                .map(client -> new AppAccess(
                        client,
                        row.getColumn("clinical", Boolean.class),
                        Optional.ofNullable(row.getColumn("key_thumbprint", String.class))));
    }

    /// The device that an access token or a refresh token is of.
    Optional<Device> ofToken(Tx tx, byte[] hash) {
        return tx.query("""
                        select user_id, device_id, display_name, handset_id, signed_in_at, last_seen_at,
                               app_client, clinical, key_thumbprint, locked_at is not null as locked
                        from device
                        where (user_id, device_id) in
                              (select user_id, device_id from access_token where token_hash = :hash
                               union select user_id, device_id from refresh_token where token_hash = :hash)
                        """).bind("hash", hash).map(DeviceStore::device).findOne();
    }

    List<Device> listOfApp(Tx tx, String client) {
        return tx.query("""
                        select user_id, device_id, display_name, handset_id, signed_in_at, last_seen_at,
                               app_client, clinical, key_thumbprint, locked_at is not null as locked
                        from device
                        where app_client = :client
                        """).bind("client", client).map(DeviceStore::device).list();
    }
}
