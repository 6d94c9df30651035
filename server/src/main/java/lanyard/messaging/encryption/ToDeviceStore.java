package lanyard.messaging.encryption;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.Reader;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Lane;
import lanyard.platform.stream.Position;
import lanyard.platform.stream.SyncToken;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `to_device` and `to_device_sent`.
final class ToDeviceStore implements Lane<ToDeviceStore.Row> {
    record Row(Reader to, Position position, byte[] event) {}

    /// What a device was handed: up to the message `last`, and before this process started all `before` a place, unless
    /// it was held back.
    record Handed(long last, SyncToken before) {}

    /// `heldBack`: an answer whose token covers it had no room for it.
    record Waiting(long id, Position position, boolean heldBack, byte[] event) {
        boolean wasHanded(Handed handed) {
            return id <= handed.last() || (!heldBack && handed.before().covers(position));
        }
    }

    @Override
    public void write(Tx tx, List<Row> rows) {
        tx.update("""
                        insert into to_device (user_id, device_id, slot, pos, event)
                        select * from unnest(:users, :devices, :slots, :poss, :events)
                        """)
                .bind("users", rows.stream().map(row -> row.to().user().value()).toArray(String[]::new))
                .bind(
                        "devices",
                        rows.stream().map(row -> row.to().device().value()).toArray(String[]::new))
                .bind(
                        "slots",
                        rows.stream().mapToLong(row -> row.position().slot()).toArray())
                .bind(
                        "poss",
                        rows.stream().mapToLong(row -> row.position().pos()).toArray())
                .bind("events", rows.stream().map(Row::event).toArray(byte[][]::new))
                .execute();
    }

    /// False when the device sent this transaction before.
    boolean firstTime(Tx tx, Reader sender, String transaction, long ts) {
        return tx.update("""
                                insert into to_device_sent (user_id, device_id, transaction, ts)
                                values (:user, :device, :transaction, :ts) on conflict do nothing
                                """)
                        .bind("user", sender.user().value())
                        .bind("device", sender.device().value())
                        .bind("transaction", transaction)
                        .bind("ts", ts)
                        .execute()
                == 1;
    }

    void forgetTransactions(Tx tx, long before) {
        tx.update("delete from to_device_sent where ts < :before")
                .bind("before", before)
                .execute();
    }

    List<Waiting> list(Tx tx, Reader device, int limit) {
        return tx.query("""
                        select id, slot, pos, held_back, event from to_device
                        where user_id = :user and device_id = :device order by id limit :limit
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("limit", limit)
                .map((RowView row) -> new Waiting(
                        row.getColumn("id", Long.class),
                        new Position(row.getColumn("slot", Integer.class), row.getColumn("pos", Long.class)),
                        row.getColumn("held_back", Boolean.class),
                        Objects.requireNonNull(row.getColumn("event", byte[].class))))
                .list();
    }

    /// What comes after `last` is not in the answer, whatever that answer's token covers.
    int holdBack(Tx tx, Reader device, long last) {
        return tx.update("""
                        update to_device set held_back = true
                        where user_id = :user and device_id = :device and id > :last and not held_back
                        """)
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("last", last)
                .execute();
    }

    /// Deletes what was in an answer that `seen` came with.
    void acknowledge(Tx tx, Reader device, SyncToken seen, Handed handed) {
        for (var slot = 0; slot < SyncToken.SLOTS; slot++) {
            if (seen.at(slot) > 0) {
                tx.update("""
                                delete from to_device where user_id = :user and device_id = :device
                                    and (id <= :last or (not held_back and pos <= :before))
                                    and slot = :slot and pos <= :pos
                                """)
                        .bind("user", device.user().value())
                        .bind("device", device.device().value())
                        .bind("last", handed.last())
                        .bind("before", handed.before().at(slot))
                        .bind("slot", slot)
                        .bind("pos", seen.at(slot))
                        .execute();
            }
        }
    }

    /// Each device for which something waits, with its newest message.
    Map<Reader, Long> listNewest(Tx tx) {
        return tx
                .query("select user_id, device_id, max(id) as newest from to_device group by user_id, device_id")
                .map((RowView row) -> Map.entry(
                        new Reader(
                                new UserId(row.getColumn("user_id", String.class)),
                                new DeviceId(row.getColumn("device_id", String.class))),
                        row.getColumn("newest", Long.class)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void deleteUpTo(Tx tx, Reader device, long last) {
        tx.update("delete from to_device where user_id = :user and device_id = :device and id <= :last")
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .bind("last", last)
                .execute();
    }

    void deleteAll(Tx tx, Reader device) {
        tx.update("delete from to_device where user_id = :user and device_id = :device")
                .bind("user", device.user().value())
                .bind("device", device.device().value())
                .execute();
    }
}
