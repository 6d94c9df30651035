package lanyard.messaging.room;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `conversation`.
final class RoomStore {
    private static final String COLUMNS =
            "select room_id, organization, kind, purpose, owner, created_ts, review_ts, deputy, standing from conversation ";

    void add(Tx tx, Conversation conversation, Optional<String> request) {
        tx.update("""
                        insert into conversation (room_id, organization, kind, purpose, owner, created_ts, review_ts, request)
                        values (:room, :organization, :kind, :purpose, :owner, :created, :review, :request)
                        """)
                .bind("room", conversation.room().value())
                .bind("organization", conversation.organization())
                .bind("kind", conversation.kind().word())
                .bind("purpose", conversation.purpose())
                .bind("owner", conversation.owner().value())
                .bind("created", conversation.createdTs())
                .bind("review", conversation.reviewTs())
                .bind("request", request.orElse(null))
                .execute();
    }

    Optional<Conversation> find(Tx tx, RoomId room) {
        return tx.query(COLUMNS + "where room_id = :room")
                .bind("room", room.value())
                .map((RowView row) -> conversation(row))
                .findOne();
    }

    /// What of it can change. Its first request stays its first owner's, so that another's is never taken for it.
    void update(Tx tx, Conversation conversation) {
        tx.update("""
                        update conversation
                        set owner = :owner, deputy = :deputy, review_ts = :review, standing = :standing,
                            request = case when owner = :owner then request end
                        where room_id = :room
                        """)
                .bind("owner", conversation.owner().value())
                .bind("deputy", conversation.deputy().map(UserId::value).orElse(null))
                .bind("review", conversation.reviewTs())
                .bind("standing", conversation.standing().word())
                .bind("room", conversation.room().value())
                .execute();
    }

    /// Of one organisation or of all.
    record Some(Optional<String> organization, int most) {}

    /// Those whose standing has a limit that has passed: `limits` name standings and the review date up to which
    /// each is over. Without those that are closed.
    List<Conversation> listBehind(Tx tx, String[] standings, long[] limits, Some some) {
        return tx.query(COLUMNS + """
                        where standing <> 'archived' and exists (
                            select from unnest(:standings, :limits) as passed (standing, review_ts)
                            where passed.standing = conversation.standing
                              and conversation.review_ts <= passed.review_ts)
                          and (cast(:organization as text) is null or organization = :organization)
                          and not exists (select from blocked_room where blocked_room.room_id = conversation.room_id)
                        order by review_ts, room_id limit :most
                        """)
                .bind("organization", some.organization().orElse(null))
                .bind("standings", standings)
                .bind("limits", limits)
                .bind("most", some.most())
                .map((RowView row) -> conversation(row))
                .list();
    }

    Optional<Conversation> findByRequest(Tx tx, UserId owner, String request) {
        return tx.query(COLUMNS + "where owner = :owner and request = :request")
                .bind("owner", owner.value())
                .bind("request", request)
                .map((RowView row) -> conversation(row))
                .findOne();
    }

    List<Conversation> list(Tx tx, List<RoomId> rooms) {
        return tx.query(COLUMNS + "where room_id = any(:rooms)")
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .map((RowView row) -> conversation(row))
                .list();
    }

    /// Those that began after the last of a list, in the order in which they began.
    List<Conversation> listAfter(Tx tx, long createdTs, String room, int most) {
        return tx.query(COLUMNS
                        + "where (created_ts, room_id) > (:created, :room) order by created_ts, room_id limit :most")
                .bind("created", createdTs)
                .bind("room", room)
                .bind("most", most)
                .map((RowView row) -> conversation(row))
                .list();
    }

    private static Conversation conversation(RowView row) {
        return new Conversation(
                new RoomId(row.getColumn("room_id", String.class)),
                row.getColumn("organization", String.class),
                RoomKind.find(row.getColumn("kind", String.class)).orElseThrow(),
                row.getColumn("purpose", String.class),
                new UserId(row.getColumn("owner", String.class)),
                row.getColumn("created_ts", Long.class),
                row.getColumn("review_ts", Long.class),
                Optional.ofNullable(row.getColumn("deputy", String.class)).map(UserId::new),
                ReviewStanding.of(row.getColumn("standing", String.class)));
    }
}
