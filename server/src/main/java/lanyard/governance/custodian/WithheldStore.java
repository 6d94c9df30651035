package lanyard.governance.custodian;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Table `custodian_withheld`.
final class WithheldStore {
    /// A device that keeps keys of a room (or of every one: empty) from the custodian.
    record Flag(String organization, UserId user, DeviceId device, String room, String code) {}

    /// With its times.
    record Kept(Flag flag, long firstTs, Optional<Long> mendedTs) {}

    /// True when it is news: the first time, or again after it was mended.
    boolean put(Tx tx, Flag flag, long ts) {
        return tx.update("""
                insert into custodian_withheld (organization, user_id, device_id, room, code, first_ts)
                values (:organization, :user, :device, :room, :code, :ts)
                on conflict (organization, user_id, device_id, room)
                    do update set code = excluded.code, first_ts = excluded.first_ts, mended_ts = null
                    where custodian_withheld.mended_ts is not null
                """)
                        .bind("organization", flag.organization())
                        .bind("user", flag.user().value())
                        .bind("device", flag.device().value())
                        .bind("room", flag.room())
                        .bind("code", flag.code())
                        .bind("ts", ts)
                        .execute()
                == 1;
    }

    void mend(Tx tx, UserId user, DeviceId device, long ts) {
        tx.update("""
                update custodian_withheld set mended_ts = :ts
                where user_id = :user and device_id = :device and mended_ts is null
                """)
                .bind("user", user.value())
                .bind("device", device.value())
                .bind("ts", ts)
                .execute();
    }

    /// The newest first.
    List<Kept> list(Tx tx) {
        return tx.query("""
                select organization, user_id, device_id, room, code, first_ts, mended_ts from custodian_withheld
                order by first_ts desc, user_id, device_id, room limit 10000
                """).map(WithheldStore::kept).list();
    }

    private static Kept kept(RowView row) {
        var flag = new Flag(
                row.getColumn("organization", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                new DeviceId(row.getColumn("device_id", String.class)),
                row.getColumn("room", String.class),
                row.getColumn("code", String.class));
        return new Kept(
                flag,
                row.getColumn("first_ts", Long.class),
                Optional.ofNullable(row.getColumn("mended_ts", Long.class)));
    }
}
