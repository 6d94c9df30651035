package lanyard.messaging.membership;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Update;

/// Owns `room_member`.
final class MemberStore {
    private static final String COLUMNS =
            "select room_id, user_id, added_by, added_ts, reason, way, ward, until_ts, sponsor from room_member ";
    private static final String INSERT = """
            insert into room_member (room_id, user_id, added_by, added_ts, reason, way, ward, until_ts, sponsor)
            values (:room, :user, :by, :ts, :reason, :way, :ward, :until, :sponsor)
            on conflict (room_id, user_id) do\s""";

    void put(Tx tx, MemberRow row) {
        bound(tx.update(INSERT + """
                update set added_by = excluded.added_by, added_ts = excluded.added_ts, reason = excluded.reason,
                           way = excluded.way, ward = excluded.ward, until_ts = excluded.until_ts,
                           sponsor = excluded.sponsor
                """), row).execute();
    }

    void putIfNew(Tx tx, MemberRow row) {
        bound(tx.update(INSERT + "nothing"), row).execute();
    }

    private static Update bound(Update update, MemberRow row) {
        return update.bind("room", row.room().value())
                .bind("user", row.user().value())
                .bind("by", row.addedBy().value())
                .bind("ts", row.addedTs())
                .bind("reason", row.reason())
                .bind("way", row.way().word())
                .bind("ward", row.ward())
                .bind("until", row.untilTs().orElse(null))
                .bind("sponsor", row.sponsor().map(UserId::value).orElse(null));
    }

    void remove(Tx tx, RoomId room, UserId user) {
        tx.update("delete from room_member where room_id = :room and user_id = :user")
                .bind("room", room.value())
                .bind("user", user.value())
                .execute();
    }

    List<MemberRow> list(Tx tx, RoomId room) {
        return tx.query(COLUMNS + "where room_id = :room order by added_ts, user_id")
                .bind("room", room.value())
                .map(MemberStore::row)
                .list();
    }

    List<MemberRow> listEnded(Tx tx, long now, int most) {
        return tx.query(COLUMNS + "where until_ts <= :now order by until_ts, room_id, user_id limit :most")
                .bind("now", now)
                .bind("most", most)
                .map(MemberStore::row)
                .list();
    }

    /// Those who are members by a ward's rule, after the last of a page.
    List<MemberRow> listByWard(Tx tx, String user, String room, int most) {
        return tx.query(COLUMNS + """
                        where way = 'ward' and (user_id, room_id) > (:user, :room)
                        order by user_id, room_id limit :most
                        """)
                .bind("user", user)
                .bind("room", room)
                .bind("most", most)
                .map(MemberStore::row)
                .list();
    }

    private static MemberRow row(RowView row) {
        return new MemberRow(
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("user_id", String.class)),
                new UserId(row.getColumn("added_by", String.class)),
                row.getColumn("added_ts", Long.class),
                row.getColumn("reason", String.class),
                Way.valueOf(row.getColumn("way", String.class).toUpperCase(Locale.ROOT)),
                row.getColumn("ward", String.class),
                Optional.ofNullable(row.getColumn("until_ts", Long.class)),
                Optional.ofNullable(row.getColumn("sponsor", String.class)).map(UserId::new));
    }
}
