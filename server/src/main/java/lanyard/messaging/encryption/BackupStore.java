package lanyard.messaging.encryption;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.node.ObjectNode;

/// Owns `key_backup_version` and `key_backup_key`.
final class BackupStore {
    record Version(long number, String algorithm, ObjectNode authData, long etag, long count) {}

    record BackedUpKey(
            String room, String session, long firstIndex, long forwarded, boolean verified, ObjectNode data) {}

    long create(Tx tx, UserId user, String algorithm, ObjectNode authData) {
        return tx.query("""
                        insert into key_backup_version (user_id, version, algorithm, auth_data)
                        values (:user, 1 + coalesce(
                            (select max(version) from key_backup_version where user_id = :user), 0), :algorithm, :auth)
                        returning version
                        """)
                .bind("user", user.value())
                .bind("algorithm", algorithm)
                .bind("auth", Json.bytes(authData))
                .mapTo(Long.class)
                .one();
    }

    /// The named version, or the newest.
    Optional<Version> find(Tx tx, UserId user, Optional<Long> number) {
        return tx.query("""
                        select version, algorithm, auth_data, etag, (select count(*) from key_backup_key k
                            where k.user_id = v.user_id and k.version = v.version) as n
                        from key_backup_version v
                        where user_id = :user and not deleted and (:number::bigint is null or version = :number)
                        order by version desc limit 1
                        """)
                .bind("user", user.value())
                .bind("number", number.orElse(null))
                .map((RowView row) -> new Version(
                        row.getColumn("version", Long.class),
                        row.getColumn("algorithm", String.class),
                        Json.object(Objects.requireNonNull(row.getColumn("auth_data", byte[].class))),
                        row.getColumn("etag", Long.class),
                        row.getColumn("n", Long.class)))
                .findOne();
    }

    void update(Tx tx, UserId user, long version, ObjectNode authData) {
        tx.update("update key_backup_version set auth_data = :auth where user_id = :user and version = :version")
                .bind("auth", Json.bytes(authData))
                .bind("user", user.value())
                .bind("version", version)
                .execute();
    }

    void delete(Tx tx, UserId user, long version) {
        tx.update("update key_backup_version set deleted = true where user_id = :user and version = :version")
                .bind("user", user.value())
                .bind("version", version)
                .execute();
        deleteKeys(tx, user, version, Optional.empty(), Optional.empty());
    }

    void changed(Tx tx, UserId user, long version) {
        tx.update("update key_backup_version set etag = etag + 1 where user_id = :user and version = :version")
                .bind("user", user.value())
                .bind("version", version)
                .execute();
    }

    List<BackedUpKey> list(Tx tx, UserId user, long version, Optional<String> room, Optional<String> session) {
        return tx.query("""
                        select room_id, session_id, first_message_index, forwarded_count, verified, session_data
                        from key_backup_key where user_id = :user and version = :version
                            and (:room::text is null or room_id = :room)
                            and (:session::text is null or session_id = :session)
                        """)
                .bind("user", user.value())
                .bind("version", version)
                .bind("room", room.orElse(null))
                .bind("session", session.orElse(null))
                .map((RowView row) -> new BackedUpKey(
                        row.getColumn("room_id", String.class),
                        row.getColumn("session_id", String.class),
                        row.getColumn("first_message_index", Long.class),
                        row.getColumn("forwarded_count", Long.class),
                        row.getColumn("verified", Boolean.class),
                        Json.object(Objects.requireNonNull(row.getColumn("session_data", byte[].class)))))
                .list();
    }

    /// Of two copies of a session the better one stays: verified, then reaching further back, then forwarded less. One
    /// statement looks and writes, whoever else is writing. Answers how many were taken.
    /// <https://spec.matrix.org/v1.18/client-server-api/#server-side-key-backups>
    int put(Tx tx, UserId user, long version, List<BackedUpKey> keys) {
        return tx.update("""
                        insert into key_backup_key as known (user_id, version, room_id, session_id,
                            first_message_index, forwarded_count, verified, session_data)
                        select :user, :version, k.room, k.session, k.first, k.forwarded, k.verified = 1, k.data
                        from unnest(:rooms, :sessions, :firsts, :forwarded, :verified, :data)
                            as k(room, session, first, forwarded, verified, data)
                        order by k.room, k.session
                        on conflict (user_id, version, room_id, session_id) do update set
                            first_message_index = excluded.first_message_index,
                            forwarded_count = excluded.forwarded_count, verified = excluded.verified,
                            session_data = excluded.session_data
                        where (not excluded.verified, excluded.first_message_index, excluded.forwarded_count)
                            < (not known.verified, known.first_message_index, known.forwarded_count)
                        """)
                .bind("user", user.value())
                .bind("version", version)
                .bind("rooms", keys.stream().map(BackedUpKey::room).toArray(String[]::new))
                .bind("sessions", keys.stream().map(BackedUpKey::session).toArray(String[]::new))
                .bind("firsts", keys.stream().mapToLong(BackedUpKey::firstIndex).toArray())
                .bind(
                        "forwarded",
                        keys.stream().mapToLong(BackedUpKey::forwarded).toArray())
                .bind(
                        "verified",
                        keys.stream().mapToLong(key -> key.verified() ? 1 : 0).toArray())
                .bind("data", keys.stream().map(key -> Json.bytes(key.data())).toArray(byte[][]::new))
                .execute();
    }

    void deleteKeys(Tx tx, UserId user, long version, Optional<String> room, Optional<String> session) {
        tx.update("""
                        delete from key_backup_key where user_id = :user and version = :version
                            and (:room::text is null or room_id = :room)
                            and (:session::text is null or session_id = :session)
                        """)
                .bind("user", user.value())
                .bind("version", version)
                .bind("room", room.orElse(null))
                .bind("session", session.orElse(null))
                .execute();
    }
}
