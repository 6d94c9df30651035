package lanyard.trust.handset;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns table `handset_loss`.
final class LossStore {
    private static final String COLUMNS = """
            l.handset_id, l.reported_at, l.last_opened_at, l.locked_at, l.wipe_requested_at, l.offline_until,
            l.delivered_at, l.app_reported_at, l.rooms
            """;

    /// A report; one of a phone that was found before begins anew.
    void report(Tx tx, Handset handset, UserId by, List<RoomId> rooms, Instant now) {
        tx.update("""
                        insert into handset_loss (handset_id, reported_at, reported_by, last_opened_at, offline_until, rooms)
                        select handset_id, :now, :by, last_seen_at, offline_until, :rooms
                        from handset where handset_id = :handset
                        on conflict (handset_id) do update
                        set reported_at = excluded.reported_at, reported_by = excluded.reported_by,
                            last_opened_at = excluded.last_opened_at, offline_until = excluded.offline_until,
                            rooms = excluded.rooms, found_at = null
                        where handset_loss.found_at is not null
                        """)
                .bind("handset", handset.id())
                .bind("by", by.value())
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .bind("now", now)
                .execute();
    }

    void lock(Tx tx, String handset, Instant now) {
        tx.update("update handset_loss set locked_at = :now where handset_id = :handset and locked_at is null")
                .bind("now", now)
                .bind("handset", handset)
                .execute();
    }

    void found(Tx tx, String handset, Instant now) {
        tx.update("update handset_loss set locked_at = null, found_at = :now where handset_id = :handset")
                .bind("now", now)
                .bind("handset", handset)
                .execute();
    }

    void wipe(Tx tx, String handset, UserId by, Instant now) {
        tx.update("""
                        update handset_loss set wipe_requested_at = :now, wipe_requested_by = :by
                        where handset_id = :handset
                        """)
                .bind("now", now)
                .bind("by", by.value())
                .bind("handset", handset)
                .execute();
    }

    /// False when it was known before, or no wipe was asked for.
    boolean delivered(Tx tx, String handset, Instant now) {
        return tx.update("""
                        update handset_loss set delivered_at = :now
                        where handset_id = :handset and wipe_requested_at is not null and delivered_at is null
                        """).bind("now", now).bind("handset", handset).execute() == 1;
    }

    /// False when it was known before, or no wipe was asked for.
    boolean appReported(Tx tx, String handset, Instant now) {
        return tx.update("""
                        update handset_loss set app_reported_at = :now
                        where handset_id = :handset and wipe_requested_at is not null and app_reported_at is null
                        """).bind("now", now).bind("handset", handset).execute() == 1;
    }

    /// Those wiped whose offline allowance is over; each is answered once.
    List<String> nowUnreadable(Tx tx, Instant now) {
        return tx.query("""
                        update handset_loss
                        set unreadable_at = greatest(wipe_requested_at, coalesce(offline_until, wipe_requested_at))
                        where wipe_requested_at is not null and unreadable_at is null
                          and coalesce(offline_until, wipe_requested_at) <= :now
                        returning handset_id
                        """).bind("now", now).mapTo(String.class).list();
    }

    Optional<Loss> find(Tx tx, String handset) {
        return tx.query("select " + COLUMNS + " from handset_loss l where l.handset_id = :handset")
                .bind("handset", handset)
                .map(LossStore::loss)
                .findOne();
    }

    /// The wiped phone that a device was.
    Optional<String> findWiped(Tx tx, UserId user, DeviceId device) {
        return tx.query("""
                        select h.handset_id from handset h join handset_loss l on l.handset_id = h.handset_id
                        where h.user_id = :user and h.device_id = :device and l.wipe_requested_at is not null
                        order by l.wipe_requested_at desc limit 1
                        """)
                .bind("user", user.value())
                .bind("device", device.value())
                .mapTo(String.class)
                .findOne();
    }

    int countWipesBy(Tx tx, UserId by, Instant since) {
        return tx.query("""
                        select count(*) from handset_loss where wipe_requested_by = :by and wipe_requested_at > :since
                        """)
                .bind("by", by.value())
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
    }

    private static Loss loss(RowView row) {
        return new Loss(
                Objects.requireNonNull(row.getColumn("handset_id", String.class)),
                Objects.requireNonNull(row.getColumn("reported_at", Instant.class)),
                Objects.requireNonNull(row.getColumn("last_opened_at", Instant.class)),
                at(row, "locked_at"),
                at(row, "wipe_requested_at"),
                at(row, "offline_until"),
                at(row, "delivered_at"),
                at(row, "app_reported_at"),
                Arrays.stream(Objects.requireNonNull(row.getColumn("rooms", String[].class)))
                        .map(RoomId::new)
                        .toList());
    }

    private static Optional<Instant> at(RowView row, String column) {
        return Optional.ofNullable(row.getColumn(column, Instant.class));
    }
}
