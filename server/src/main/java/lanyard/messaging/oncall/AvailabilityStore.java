package lanyard.messaging.oncall;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.messaging.oncall.Availability.Cover;
import lanyard.messaging.oncall.Availability.State;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `availability`.
final class AvailabilityStore {
    private static final String TIMES = "times";

    Optional<Availability> find(Tx tx, UserId user) {
        return tx.query("select state, until_ts, cover_user, cover_role, hours from availability where user_id = :user")
                .bind("user", user.value())
                .map((RowView row) -> new Availability(
                        user,
                        State.find(row.getColumn("state", String.class)).orElseThrow(),
                        Optional.ofNullable(row.getColumn("until_ts", Long.class)),
                        cover(row),
                        hours(Objects.requireNonNull(row.getColumn("hours", byte[].class)))))
                .findOne();
    }

    private static Optional<Cover> cover(RowView row) {
        var user = row.getColumn("cover_user", String.class);
        var role = row.getColumn("cover_role", String.class);
        if (user != null) {
            return Optional.of(new Cover.Colleague(new UserId(user)));
        }
        return Optional.ofNullable(role).map(Cover.Role::new);
    }

    private static WorkingHours hours(byte[] stored) {
        return WorkingHours.read(Json.arrayField(Json.ownObject(stored), TIMES));
    }

    /// Who has said something, from after one of them on.
    List<UserId> list(Tx tx, String after, int most) {
        return tx.query("select user_id from availability where user_id > :after order by user_id limit :most")
                .bind("after", after)
                .bind("most", most)
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list();
    }

    void delete(Tx tx, UserId user) {
        tx.update("delete from availability where user_id = :user")
                .bind("user", user.value())
                .execute();
    }

    void put(Tx tx, Availability said, long now) {
        var hours = Json.object();
        hours.set(TIMES, said.hours().json());
        var cover = said.cover().orElse(null);
        tx.update("""
                        insert into availability (user_id, state, until_ts, cover_user, cover_role, hours, changed_ts)
                        values (:user, :state, :until, :coverUser, :coverRole, :hours, :now)
                        on conflict (user_id) do update set state = excluded.state, until_ts = excluded.until_ts,
                            cover_user = excluded.cover_user, cover_role = excluded.cover_role,
                            hours = excluded.hours, changed_ts = excluded.changed_ts
                        """)
                .bind("user", said.user().value())
                .bind("state", said.state().word())
                .bind("until", said.untilTs().orElse(null))
                .bind("coverUser", cover instanceof Cover.Colleague(var user) ? user.value() : null)
                .bind("coverRole", cover instanceof Cover.Role(var id) ? id : null)
                .bind("hours", Json.bytes(hours))
                .bind("now", now)
                .execute();
    }
}
