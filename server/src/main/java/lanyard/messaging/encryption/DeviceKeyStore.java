package lanyard.messaging.encryption;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.node.ObjectNode;

/// Owns `device_key`, `one_time_key` and `fallback_key`.
final class DeviceKeyStore {
    record DeviceKeys(UserId user, DeviceId device, ObjectNode keys) {}

    record NamedKey(String algorithm, String id, ObjectNode key) {
        /// As clients name it, `algorithm:id`.
        static NamedKey of(String name, ObjectNode key) {
            var colon = name.indexOf(':');
            return new NamedKey(name.substring(0, colon), name.substring(colon + 1), key);
        }

        String name() {
            return algorithm + ":" + id;
        }
    }

    /// False when nothing changed.
    boolean putDeviceKeys(Tx tx, Reader device, ObjectNode keys) {
        return tx.update("""
                                insert into device_key (user_id, device_id, keys) values (:user, :device, :keys)
                                on conflict (user_id, device_id) do update set keys = excluded.keys
                                where device_key.keys <> excluded.keys
                                """)
                        .bind("user", device.user().value())
                        .bind("device", device.device().value())
                        .bind("keys", Json.bytes(keys))
                        .execute()
                == 1;
    }

    List<DeviceKeys> listDeviceKeys(Tx tx, List<UserId> users) {
        return tx.query(
                        "select user_id, device_id, keys from device_key where user_id = any(:users) order by device_id")
                .bind("users", users.stream().map(UserId::value).toArray(String[]::new))
                .map((RowView row) -> new DeviceKeys(
                        new UserId(row.getColumn("user_id", String.class)),
                        new DeviceId(row.getColumn("device_id", String.class)),
                        json(row, "keys")))
                .list();
    }

    Optional<ObjectNode> findDeviceKeys(Tx tx, Reader device) {
        return tx.query("select keys from device_key where user_id = :user and device_id = :device")
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .map((RowView row) -> json(row, "keys"))
                .findOne();
    }

    private static ObjectNode json(RowView row, String column) {
        return Json.object(Objects.requireNonNull(row.getColumn(column, byte[].class)));
    }

    Optional<ObjectNode> findOneTimeKey(Tx tx, Reader device, NamedKey key) {
        return tx.query("""
                        select key from one_time_key where user_id = :user and device_id = :device
                            and algorithm = :algorithm and key_id = :id
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("algorithm", key.algorithm())
                .bind("id", key.id())
                .map((RowView row) -> json(row, "key"))
                .findOne();
    }

    void addOneTimeKeys(Tx tx, Reader device, List<NamedKey> keys) {
        tx.update("""
                        insert into one_time_key (user_id, device_id, algorithm, key_id, key)
                        select :user, :device, k.algorithm, k.id, k.key
                        from unnest(:algorithms, :ids, :keys) with ordinality as k(algorithm, id, key, n) order by k.n
                        on conflict (user_id, device_id, algorithm, key_id) do nothing
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("algorithms", keys.stream().map(NamedKey::algorithm).toArray(String[]::new))
                .bind("ids", keys.stream().map(NamedKey::id).toArray(String[]::new))
                .bind("keys", keys.stream().map(key -> Json.bytes(key.key())).toArray(byte[][]::new))
                .execute();
    }

    void putFallbackKey(Tx tx, Reader device, NamedKey key) {
        tx.update("""
                        insert into fallback_key (user_id, device_id, algorithm, key_id, key)
                        values (:user, :device, :algorithm, :id, :key)
                        on conflict (user_id, device_id, algorithm) do update
                            set key_id = excluded.key_id, key = excluded.key, used = false
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("algorithm", key.algorithm())
                .bind("id", key.id())
                .bind("key", Json.bytes(key.key()))
                .execute();
    }

    Map<String, Integer> countOneTimeKeys(Tx tx, Reader device) {
        return tx
                .query("""
                        select algorithm, count(*)::int as n from one_time_key
                        where user_id = :user and device_id = :device and claimed_ts is null group by algorithm
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .map((RowView row) ->
                        Map.entry(row.getColumn("algorithm", String.class), row.getColumn("n", Integer.class)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    List<String> listUnusedFallback(Tx tx, Reader device) {
        return tx.query("""
                        select algorithm from fallback_key
                        where user_id = :user and device_id = :device and not used order by algorithm
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .mapTo(String.class)
                .list();
    }

    /// Takes the oldest one-time key: one statement finds and marks it, so that no key is ever handed out twice, not
    /// even
    /// when its device uploads it again because the answer to the first upload was lost.
    Optional<NamedKey> claimOneTimeKey(Tx tx, Reader device, String algorithm, long ts) {
        return tx.query("""
                        update one_time_key set claimed_ts = :ts where (user_id, device_id, algorithm, seq) in (
                            select user_id, device_id, algorithm, seq from one_time_key
                            where user_id = :user and device_id = :device and algorithm = :algorithm
                                and claimed_ts is null
                            order by seq limit 1 for update skip locked)
                        returning key_id, key
                        """)
                .bind("ts", ts)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("algorithm", algorithm)
                .map((RowView row) -> new NamedKey(algorithm, row.getColumn("key_id", String.class), json(row, "key")))
                .findOne();
    }

    Optional<NamedKey> useFallbackKey(Tx tx, Reader device, String algorithm) {
        return tx.query("""
                        update fallback_key set used = true
                        where user_id = :user and device_id = :device and algorithm = :algorithm
                        returning key_id, key
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("algorithm", algorithm)
                .map((RowView row) -> new NamedKey(algorithm, row.getColumn("key_id", String.class), json(row, "key")))
                .findOne();
    }

    void forgetClaimed(Tx tx, long before) {
        tx.update("delete from one_time_key where claimed_ts < :before")
                .bind("before", before)
                .execute();
    }

    void deleteDevice(Tx tx, Reader device) {
        for (var sql : List.of(
                "delete from device_key where user_id = :user and device_id = :device",
                "delete from one_time_key where user_id = :user and device_id = :device",
                "delete from fallback_key where user_id = :user and device_id = :device")) {
            tx.update(sql)
                    .bind("user", device.user().value())
                    .bind("device", device.device().value())
                    .execute();
        }
    }
}
