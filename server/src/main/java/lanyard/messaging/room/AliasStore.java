package lanyard.messaging.room;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `room_alias` and `published_room`.
final class AliasStore {
    record Entry(RoomAlias alias, RoomId room, UserId creator) {}

    /// False when the alias is taken.
    boolean add(Tx tx, Entry entry) {
        return tx.update("""
                                insert into room_alias (alias, room_id, creator) values (:alias, :room, :creator)
                                on conflict do nothing
                                """)
                        .bind("alias", entry.alias().value())
                        .bind("room", entry.room().value())
                        .bind("creator", entry.creator().value())
                        .execute()
                > 0;
    }

    Optional<Entry> find(Tx tx, RoomAlias alias) {
        return tx.query("select alias, room_id, creator from room_alias where alias = :alias")
                .bind("alias", alias.value())
                .map((RowView row) -> entry(row))
                .findOne();
    }

    List<RoomAlias> list(Tx tx, RoomId room) {
        return tx.query("select alias, room_id, creator from room_alias where room_id = :room order by alias")
                .bind("room", room.value())
                .map((RowView row) -> entry(row).alias())
                .list();
    }

    private static Entry entry(RowView row) {
        return new Entry(
                new RoomAlias(row.getColumn("alias", String.class)),
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("creator", String.class)));
    }

    void remove(Tx tx, RoomAlias alias) {
        tx.update("delete from room_alias where alias = :alias")
                .bind("alias", alias.value())
                .execute();
    }

    /// A room's names and its place in the directory go to the room that replaces it.
    void move(Tx tx, RoomId from, RoomId to) {
        for (var statement : List.of(
                "update room_alias set room_id = :to where room_id = :from",
                "update published_room set room_id = :to where room_id = :from")) {
            tx.update(statement)
                    .bind("from", from.value())
                    .bind("to", to.value())
                    .execute();
        }
    }

    void publish(Tx tx, RoomId room) {
        tx.update("insert into published_room (room_id) values (:room) on conflict do nothing")
                .bind("room", room.value())
                .execute();
    }

    void withdraw(Tx tx, RoomId room) {
        tx.update("delete from published_room where room_id = :room")
                .bind("room", room.value())
                .execute();
    }

    boolean isPublished(Tx tx, RoomId room) {
        return tx.query("select 1 from published_room where room_id = :room")
                .bind("room", room.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    List<RoomId> listPublished(Tx tx, int limit) {
        return tx
                .query("select room_id from published_room order by room_id limit :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .list()
                .stream()
                .map(RoomId::new)
                .toList();
    }
}
