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

    /// The `number`th line of a disposal.
    record Line(RoomId room, StoredEvent original, long number) {}

    void insert(Tx tx, Line line, Authority authority, Instant now) {
        var original = line.original();
        tx.update("""
                        insert into disposal (event_id, room_id, sender, origin_ts, sha256, decision_id, authority,
                            reference, disposed_ts, number)
                        values (:event, :room, :sender, :ts, :sha256, :decision, :authority, :reference, :now, :number)
                        """)
                .bind("number", line.number())
                .bind("event", original.id().value())
                .bind("room", line.room().value())
                .bind("sender", original.sender().value())
                .bind("ts", original.timestamp())
                .bind("sha256", original.sha256())
                .bind("decision", authority.decision())
                .bind("authority", authority.words())
                .bind("reference", authority.reference())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// What went from a room in one step, and how many lines its disposal had before.
    record Expired(RoomId room, List<Expiring.Gone> gone, long before) {}

    /// A line for each, in one statement; their numbers follow `before`.
    void insertAll(Tx tx, Expired expired, Authority authority, Instant now) {
        var gone = expired.gone();
        tx.update("""
                        insert into disposal (event_id, room_id, sender, origin_ts, sha256, decision_id, authority,
                            reference, disposed_ts, number)
                        select event, :room, sender, ts, sha256, :decision, :authority, :reference, :now, :before + place
                        from unnest(:events, :senders, :times, :hashes) with ordinality
                            as gone (event, sender, ts, sha256, place)
                        on conflict (event_id) do nothing
                        """)
                .bind("room", expired.room().value())
                .bind("before", expired.before())
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
