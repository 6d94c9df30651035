package lanyard.messaging.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import lanyard.messaging.admin.RoomDeletion.Status;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns the table `room_deletion`.
final class RoomDeletionStore {
    private static final String COLUMNS =
            "select delete_id, room_id, asked_by, purge, status, sent_away, error from room_deletion ";

    void add(Tx tx, RoomDeletion deletion, Instant at) {
        tx.update("""
                        insert into room_deletion (delete_id, room_id, asked_by, purge, status, sent_away, at)
                        values (:id, :room, :by, :purge, :status, '{}', :at)
                        """)
                .bind("id", deletion.id())
                .bind("room", deletion.room().value())
                .bind("by", deletion.askedBy().value())
                .bind("purge", deletion.purge())
                .bind("status", deletion.status().word())
                .bind("at", at)
                .execute();
    }

    void keep(Tx tx, RoomDeletion deletion) {
        tx.update("""
                        update room_deletion set status = :status, sent_away = :gone, error = :error
                        where delete_id = :id
                        """)
                .bind("id", deletion.id())
                .bind("status", deletion.status().word())
                .bind("gone", deletion.sentAway().toArray(String[]::new))
                .bind("error", deletion.error())
                .execute();
    }

    Optional<RoomDeletion> find(Tx tx, String id) {
        return tx.query(COLUMNS + "where delete_id = :id")
                .bind("id", id)
                .map(RoomDeletionStore::row)
                .findOne();
    }

    List<RoomDeletion> list(Tx tx, RoomId room) {
        return tx.query(COLUMNS + "where room_id = :room order by at, delete_id")
                .bind("room", room.value())
                .map(RoomDeletionStore::row)
                .list();
    }

    List<RoomDeletion> listUnfinished(Tx tx) {
        return tx.query(COLUMNS + "where status = 'shutting_down' order by at, delete_id")
                .map(RoomDeletionStore::row)
                .list();
    }

    private static RoomDeletion row(RowView row) {
        return new RoomDeletion(
                row.getColumn("delete_id", String.class),
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("asked_by", String.class)),
                row.getColumn("purge", Boolean.class),
                Status.valueOf(row.getColumn("status", String.class).toUpperCase(Locale.ROOT)),
                List.of(Objects.requireNonNull(row.getColumn("sent_away", String[].class))),
                row.getColumn("error", String.class));
    }
}
