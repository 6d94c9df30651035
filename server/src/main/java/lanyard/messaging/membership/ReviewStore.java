package lanyard.messaging.membership;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `membership_review`.
final class ReviewStore {
    record Row(
            RoomId room, String request, long reviewedTs, UserId reviewer, List<UserId> kept, List<UserId> removed) {}

    void add(Tx tx, Row row) {
        tx.update("""
                        insert into membership_review (room_id, request, reviewed_ts, reviewer, kept, removed)
                        values (:room, :request, :ts, :reviewer, :kept, :removed)
                        """)
                .bind("room", row.room().value())
                .bind("request", row.request())
                .bind("ts", row.reviewedTs())
                .bind("reviewer", row.reviewer().value())
                .bind("kept", values(row.kept()))
                .bind("removed", values(row.removed()))
                .execute();
    }

    private static String[] values(List<UserId> users) {
        return users.stream().map(UserId::value).toArray(String[]::new);
    }

    boolean exists(Tx tx, RoomId room, String request) {
        return tx.query("select exists (select 1 from membership_review where room_id = :room and request = :request)")
                .bind("room", room.value())
                .bind("request", request)
                .mapTo(Boolean.class)
                .one();
    }

    Optional<Row> findNewest(Tx tx, RoomId room) {
        return tx.query("""
                        select room_id, request, reviewed_ts, reviewer, kept, removed from membership_review
                        where room_id = :room order by reviewed_ts desc limit 1
                        """).bind("room", room.value()).map(ReviewStore::row).findOne();
    }

    private static Row row(RowView row) {
        return new Row(
                new RoomId(row.getColumn("room_id", String.class)),
                row.getColumn("request", String.class),
                row.getColumn("reviewed_ts", Long.class),
                new UserId(row.getColumn("reviewer", String.class)),
                users(row.getColumn("kept", String[].class)),
                users(row.getColumn("removed", String[].class)));
    }

    private static List<UserId> users(String[] values) {
        return List.of(values).stream().map(UserId::new).toList();
    }
}
