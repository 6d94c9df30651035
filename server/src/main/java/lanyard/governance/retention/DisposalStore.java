package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.StoredEvent;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;

/// Owns the table `disposal`.
final class DisposalStore {
    /// By what right something was destroyed, and where what mattered of it is kept.
    record Authority(String decision, String words, String reference) {}

    void insert(Tx tx, RoomId room, StoredEvent original, Authority authority, Instant now) {
        tx.update("""
                        insert into disposal (event_id, room_id, sender, origin_ts, sha256, decision_id, authority,
                            reference, disposed_ts)
                        values (:event, :room, :sender, :ts, :sha256, :decision, :authority, :reference, :now)
                        """)
                .bind("event", original.id().value())
                .bind("room", room.value())
                .bind("sender", original.sender().value())
                .bind("ts", original.timestamp())
                .bind("sha256", original.sha256())
                .bind("decision", authority.decision())
                .bind("authority", authority.words())
                .bind("reference", authority.reference())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// A line for each, in one statement.
    void insertAll(Tx tx, RoomId room, List<Expiring.Gone> gone, Authority authority, Instant now) {
        tx.update("""
                        insert into disposal (event_id, room_id, sender, origin_ts, sha256, decision_id, authority,
                            reference, disposed_ts)
                        select event, :room, sender, ts, sha256, :decision, :authority, :reference, :now
                        from unnest(:events, :senders, :times, :hashes) as gone (event, sender, ts, sha256)
                        on conflict (event_id) do nothing
                        """)
                .bind("room", room.value())
                .bind("decision", authority.decision())
                .bind("authority", authority.words())
                .bind("reference", authority.reference())
                .bind("now", now.toEpochMilli())
                .bind("events", gone.stream().map(one -> one.id().value()).toArray(String[]::new))
                .bind("senders", gone.stream().map(one -> one.sender().value()).toArray(String[]::new))
                .bind("times", gone.stream().mapToLong(Expiring.Gone::timestamp).toArray())
                .bind("hashes", gone.stream().map(Expiring.Gone::sha256).toArray(byte[][]::new))
                .execute();
    }
}
