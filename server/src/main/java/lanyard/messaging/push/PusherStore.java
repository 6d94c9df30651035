package lanyard.messaging.push;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
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

    void put(Tx tx, Pusher pusher) {
        tx.update("""
                        insert into pusher (user_id, app_id, pushkey, device_id, content, since)
                        values (:user, :app, :key, :device, :content, :since)
                        on conflict (user_id, app_id, pushkey) do update
                        set device_id = excluded.device_id, content = excluded.content, since = excluded.since
                        """)
                .bind("user", pusher.user().value())
                .bind("app", pusher.app())
                .bind("key", pusher.key())
                .bind("device", pusher.device().value())
                .bind("content", Json.bytes(pusher.content()))
                .bind("since", pusher.since())
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
