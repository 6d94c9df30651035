package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;

/// What of the table `device` says whether its person has yet to say that it is theirs.
final class NewDeviceStore {
    record Row(DeviceId device, String name, Instant since, boolean otherApp) {}

    void question(Tx tx, UserId user, DeviceId device) {
        set(tx, user, device, true);
    }

    void answer(Tx tx, UserId user, DeviceId device) {
        set(tx, user, device, false);
    }

    private static void set(Tx tx, UserId user, DeviceId device, boolean questioned) {
        tx.update("update device set questioned = :questioned where user_id = :user and device_id = :device")
                .bind("questioned", questioned)
                .bind("user", user.value())
                .bind("device", device.value())
                .execute();
    }

    /// Those that came after `asking` did, and lately.
    List<Row> list(Tx tx, UserId user, DeviceId asking, Instant since) {
        return tx.query("""
                        select device.device_id, device.display_name, device.created_at, device.app_client
                        from device join device asking
                            on asking.user_id = device.user_id and asking.device_id = :asking
                        where device.user_id = :user and device.questioned and device.created_at > :since
                            and device.created_at > asking.created_at
                        order by device.created_at
                        """)
                .bind("user", user.value())
                .bind("asking", asking.value())
                .bind("since", since)
                .map(row -> new Row(
                        new DeviceId(row.getColumn("device_id", String.class)),
                        row.getColumn("display_name", String.class),
                        row.getColumn("created_at", Instant.class),
                        row.getColumn("app_client", String.class) != null))
                .list();
    }
}
