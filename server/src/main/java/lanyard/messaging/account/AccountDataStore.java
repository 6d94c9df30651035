package lanyard.messaging.account;

import java.util.List;
import java.util.Objects;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Lane;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.node.ObjectNode;

/// Owns `account_data` and `filter`. The room id of global data is empty.
final class AccountDataStore implements Lane<AccountDataStore.Entry> {
    record Entry(UserId user, String room, String type, ObjectNode content, Position position) {}

    @Override
    public void write(Tx tx, List<Entry> entries) {
        for (var entry : entries) {
            tx.update("""
                            insert into account_data (user_id, room_id, type, content, slot, pos)
                            values (:user, :room, :type, :content, :slot, :pos)
                            on conflict (user_id, room_id, type) do update set content = excluded.content,
                                slot = excluded.slot, pos = excluded.pos
                            """)
                    .bind("user", entry.user().value())
                    .bind("room", entry.room())
                    .bind("type", entry.type())
                    .bind("content", Json.bytes(entry.content()))
                    .bind("slot", entry.position().slot())
                    .bind("pos", entry.position().pos())
                    .execute();
        }
    }

    List<Entry> list(Tx tx, UserId user) {
        return tx.query("select room_id, type, content, slot, pos from account_data where user_id = :user")
                .bind("user", user.value())
                .map((RowView row) -> new Entry(
                        user,
                        row.getColumn("room_id", String.class),
                        row.getColumn("type", String.class),
                        Json.ownObject(Objects.requireNonNull(row.getColumn("content", byte[].class))),
                        new Position(row.getColumn("slot", Integer.class), row.getColumn("pos", Long.class))))
                .list();
    }

    /// The same filter again gets the same id.
    long putFilter(Tx tx, UserId user, ObjectNode filter, byte[] hash) {
        return tx.query("""
                        insert into filter (user_id, filter_id, filter, hash)
                        values (:user, 1 + coalesce(
                            (select max(filter_id) from filter where user_id = :user), 0), :filter, :hash)
                        on conflict (user_id, hash) do update set filter = excluded.filter
                        returning filter_id
                        """)
                .bind("user", user.value())
                .bind("filter", Json.bytes(filter))
                .bind("hash", hash)
                .mapTo(Long.class)
                .one();
    }

    java.util.Optional<ObjectNode> findFilter(Tx tx, UserId user, long id) {
        return tx.query("select filter from filter where user_id = :user and filter_id = :id")
                .bind("user", user.value())
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne()
                .map(Json::object);
    }
}
