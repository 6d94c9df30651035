package lanyard.messaging.encryption;

import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Lane;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `device_list_change`.
final class DeviceListStore implements Lane<DeviceListStore.Change> {
    record Change(UserId user, Position position) {}

    @Override
    public void write(Tx tx, List<Change> changes) {
        for (var change : changes) {
            tx.update("""
                            insert into device_list_change (user_id, slot, pos) values (:user, :slot, :pos)
                            on conflict (user_id) do update set slot = excluded.slot, pos = excluded.pos
                            """)
                    .bind("user", change.user().value())
                    .bind("slot", change.position().slot())
                    .bind("pos", change.position().pos())
                    .execute();
        }
    }

    List<Change> list(Tx tx) {
        return tx.query("select user_id, slot, pos from device_list_change")
                .map((RowView row) -> new Change(
                        new UserId(row.getColumn("user_id", String.class)),
                        new Position(row.getColumn("slot", Integer.class), row.getColumn("pos", Long.class))))
                .list();
    }
}
