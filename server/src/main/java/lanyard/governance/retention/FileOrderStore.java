package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Owns the tables `file_order` and `file_mark`.
final class FileOrderStore {
    private static final String COLUMNS = """
            select order_id, organization, policy_version, files, marked_ts, destroy_from_ts, state, gone, ended_by,
                ended_ts, reason
            from file_order
            """;

    /// A file that an earlier, ended order had is the new one's from now on.
    void mark(Tx tx, FileOrder order, List<String> files) {
        tx.update("""
                        insert into file_order (order_id, organization, policy_version, files, marked_ts,
                            destroy_from_ts, state)
                        values (:id, :organization, :version, :files, :marked, :from, 'marked')
                        """)
                .bind("id", order.id())
                .bind("organization", order.organization())
                .bind("version", order.policyVersion())
                .bind("files", order.files())
                .bind("marked", order.marked().toEpochMilli())
                .bind("from", order.destroyFrom().toEpochMilli())
                .execute();
        tx.update("""
                        insert into file_mark (media_id, order_id) select media_id, :id from unnest(:files) as media_id
                        on conflict (media_id) do update set order_id = excluded.order_id
                        """)
                .bind("id", order.id())
                .bind("files", files.toArray(String[]::new))
                .execute();
    }

    /// Which of these files an open order has, or one that was called off after `rested`.
    Set<String> marked(Tx tx, List<String> files, Instant rested) {
        return Set.copyOf(tx.query("""
                        select media_id from file_mark join file_order using (order_id)
                        where media_id = any(:files)
                            and (state in ('marked', 'destroying') or state = 'called_off' and ended_ts > :rested)
                        """)
                .bind("files", files.toArray(String[]::new))
                .bind("rested", rested.toEpochMilli())
                .mapTo(String.class)
                .list());
    }

    Optional<FileOrder> find(Tx tx, String id) {
        return tx.query(COLUMNS + "where order_id = :id")
                .bind("id", id)
                .map(FileOrderStore::order)
                .findOne();
    }

    /// Locked until the transaction ends.
    Optional<FileOrder> lock(Tx tx, String id) {
        return tx.query(COLUMNS + "where order_id = :id for update")
                .bind("id", id)
                .map(FileOrderStore::order)
                .findOne();
    }

    /// The order that has the file, locked until the transaction ends.
    Optional<FileOrder> lockOf(Tx tx, String file) {
        return tx.query(COLUMNS + "where order_id = (select order_id from file_mark where media_id = :file) for update")
                .bind("file", file)
                .map(FileOrderStore::order)
                .findOne();
    }

    /// The newest first.
    List<FileOrder> list(Tx tx, String organization, int most) {
        return tx.query(COLUMNS + "where organization = :organization order by marked_ts desc, order_id limit :most")
                .bind("organization", organization)
                .bind("most", most)
                .map(FileOrderStore::order)
                .list();
    }

    /// Whose window to call them off is over, the oldest first.
    List<FileOrder> listDue(Tx tx, Instant now, int most) {
        return tx.query(COLUMNS + """
                        where state in ('marked', 'destroying') and destroy_from_ts <= :now
                        order by destroy_from_ts, order_id limit :most
                        """)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .map(FileOrderStore::order)
                .list();
    }

    /// The files of an order that have not gone.
    List<String> listLeft(Tx tx, String id) {
        return tx.query("select media_id from file_mark where order_id = :id and not gone order by media_id")
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    /// The files that went for it.
    List<String> listGone(Tx tx, String id) {
        return tx.query("select media_id from file_mark where order_id = :id and gone order by media_id collate \"C\"")
                .bind("id", id)
                .mapTo(String.class)
                .list();
    }

    /// In the transaction that destroys the file.
    void went(Tx tx, FileOrder order, String file) {
        tx.update("update file_mark set gone = true where media_id = :file")
                .bind("file", file)
                .execute();
        tx.update("update file_order set state = 'destroying' where order_id = :id and state = 'marked'")
                .bind("id", order.id())
                .execute();
    }

    /// How an order ended.
    record End(Order.State state, String by, Instant at, String reason) {}

    /// Files that stayed are not marked any more, unless it was called off: then they rest.
    void end(Tx tx, String id, End end) {
        tx.update("""
                        update file_order set state = :state, ended_by = :by, ended_ts = :at, reason = :reason,
                            gone = (select count(*) from file_mark where order_id = :id and gone)
                        where order_id = :id
                        """)
                .bind("state", end.state().word())
                .bind("by", end.by())
                .bind("at", end.at().toEpochMilli())
                .bind("reason", end.reason())
                .bind("id", id)
                .execute();
        if (end.state() == Order.State.DESTROYED) {
            tx.update("delete from file_mark where order_id = :id and not gone")
                    .bind("id", id)
                    .execute();
        }
    }

    private static FileOrder order(RowView row) {
        return new FileOrder(
                Objects.requireNonNull(row.getColumn("order_id", String.class)),
                Objects.requireNonNull(row.getColumn("organization", String.class)),
                row.getColumn("policy_version", Integer.class),
                row.getColumn("files", Integer.class),
                Instant.ofEpochMilli(row.getColumn("marked_ts", Long.class)),
                Instant.ofEpochMilli(row.getColumn("destroy_from_ts", Long.class)),
                Order.State.valueOf(Objects.requireNonNull(row.getColumn("state", String.class))
                        .toUpperCase(Locale.ROOT)),
                row.getColumn("gone", Integer.class),
                row.getColumn("ended_by", String.class),
                moment(row.getColumn("ended_ts", Long.class)),
                row.getColumn("reason", String.class));
    }

    private static @Nullable Instant moment(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
