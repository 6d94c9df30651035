package lanyard.governance.retention;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lanyard.governance.carerecord.CareRecord;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.timeline.Expiring;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.hold.Holds;
import lanyard.trust.hold.Standing;

/// What of a room must stay, whatever the schedule says: asked in the transaction that destroys.
final class Keeping {
    private final Holds holds;
    private final Patients patients;
    private final CareRecord careRecord;
    private final AwaitedFiles files;
    private final RoomRetentionStore rooms = new RoomRetentionStore();

    Keeping(Holds holds, Patients patients, CareRecord careRecord, AwaitedFiles files) {
        this.holds = holds;
        this.patients = patients;
        this.careRecord = careRecord;
        this.files = files;
    }

    /// What stays: what holds cover, and what the record must have first.
    record Stays(Standing held, Set<EventId> awaited) {
        Expiring.Wish wish(Instant upTo, long after, int most) {
            return new Expiring.Wish(upTo, after, spans(), awaited, most);
        }

        List<Expiring.Kept> spans() {
            return held.spans().stream()
                    .map(span -> new Expiring.Kept(millis(span.from()), millis(span.to())))
                    .toList();
        }

        private static long millis(Instant at) {
            if (at.equals(Instant.MIN)) {
                return Long.MIN_VALUE;
            }
            return at.equals(Instant.MAX) ? Long.MAX_VALUE : at.toEpochMilli();
        }
    }

    /// What holds cover of a room. Until the transaction ends, no hold is placed.
    Standing held(Tx tx, RoomId room) {
        return holds.standing(tx, () -> patients.doomed(tx, List.of(room)));
    }

    /// Until the transaction ends, no hold is placed.
    Stays ask(Tx tx, RoomId room) {
        var held = held(tx, room);
        var awaited = new HashSet<>(rooms.listWanted(tx, room));
        if (!awaited.isEmpty()) {
            awaited.removeAll(Set.copyOf(careRecord.listAcknowledged(tx, awaited)));
        }
        awaited.addAll(careRecord.listAwaited(tx, room));
        awaited.addAll(files.listMessages(tx, room));
        return new Stays(held, Set.copyOf(awaited));
    }
}
