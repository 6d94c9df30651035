package lanyard.messaging.push;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import lanyard.messaging.push.PushProgress.PusherKey;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// Owns the table `pusher`.
final class PusherStore {
    List<Pusher> list(Tx tx) {
        return tx.query("select user_id, app_id, pushkey, device_id, content, since from pusher order by since")
                .map(row -> new Pusher(
                        new UserId(row.getColumn("user_id", String.class)),
                        row.getColumn("app_id", String.class),
                        row.getColumn("pushkey", String.class),
                        new DeviceId(row.getColumn("device_id", String.class)),
                        Json.ownObject(Objects.requireNonNull(row.getColumn("content", byte[].class))),
                        row.getColumn("since", Instant.class)))
                .list();
    }

    Map<PusherKey, Long> listTold(Tx tx) {
        return tx
                .query("select user_id, app_id, pushkey, told_ts from pusher")
                .map(row -> Map.entry(
                        new PusherKey(
                                new UserId(row.getColumn("user_id", String.class)),
                                row.getColumn("app_id", String.class),
                                row.getColumn("pushkey", String.class)),
                        row.getColumn("told_ts", Long.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// One statement for all.
    void saveTold(Tx tx, Map<PusherKey, Long> told) {
        var keys = List.copyOf(told.keySet());
        tx.update("""
                        update pusher set told_ts = new.ts
                        from unnest(:users::text[], :apps::text[], :keys::text[], :told::bigint[])
                            as new (user_id, app_id, pushkey, ts)
                        where pusher.user_id = new.user_id and pusher.app_id = new.app_id
                            and pusher.pushkey = new.pushkey
                        """)
                .bind("users", keys.stream().map(key -> key.user().value()).toArray(String[]::new))
                .bind("apps", keys.stream().map(PusherKey::app).toArray(String[]::new))
                .bind("keys", keys.stream().map(PusherKey::pushkey).toArray(String[]::new))
                .bind(
                        "told",
                        keys.stream()
                                .mapToLong(key -> told.getOrDefault(key, 0L))
                                .toArray())
                .execute();
    }

    void put(Tx tx, Pusher pusher) {
        tx.update("""
                        insert into pusher (user_id, app_id, pushkey, device_id, content, since, told_ts)
                        values (:user, :app, :key, :device, :content, :since, :told)
                        on conflict (user_id, app_id, pushkey) do update
                        set device_id = excluded.device_id, content = excluded.content, since = excluded.since
                        """)
                .bind("user", pusher.user().value())
                .bind("app", pusher.app())
                .bind("key", pusher.key())
                .bind("device", pusher.device().value())
                .bind("content", Json.bytes(pusher.content()))
                .bind("since", pusher.since())
                .bind("told", pusher.since().toEpochMilli())
                .execute();
    }

    void delete(Tx tx, Pusher pusher) {
        tx.update("delete from pusher where user_id = :user and app_id = :app and pushkey = :key")
                .bind("user", pusher.user().value())
                .bind("app", pusher.app())
                .bind("key", pusher.key())
                .execute();
    }
}
