package lanyard.messaging.account;

import java.util.List;
import java.util.Objects;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.JsonNode;

/// Owns the table `profile_field`: what people say of themselves beside the name, which is the organisation's word.
final class ProfileStore {
    record Field(String key, JsonNode value) {}

    List<Field> list(Tx tx, UserId user) {
        return tx.query("select field, value from profile_field where user_id = :user order by field")
                .bind("user", user.value())
                .map((RowView row) -> new Field(
                        row.getColumn("field", String.class),
                        Objects.requireNonNull(Json.ownObject(row.getColumn("value", byte[].class))
                                .get("v"))))
                .list();
    }

    void put(Tx tx, UserId user, String key, JsonNode value) {
        var wrapped = Json.object();
        wrapped.set("v", value);
        tx.update("""
                        insert into profile_field (user_id, field, value) values (:user, :field, :value)
                        on conflict (user_id, field) do update set value = excluded.value
                        """)
                .bind("user", user.value())
                .bind("field", key)
                .bind("value", Json.bytes(wrapped))
                .execute();
    }

    void delete(Tx tx, UserId user, String key) {
        tx.update("delete from profile_field where user_id = :user and field = :field")
                .bind("user", user.value())
                .bind("field", key)
                .execute();
    }
}
