package lanyard.governance.retention;

import java.time.Instant;
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
}
