package lanyard.governance.retention;

import java.util.List;
import java.util.Optional;
import lanyard.governance.carerecord.CareRecord;
import lanyard.messaging.admin.RoomEnd;
import lanyard.messaging.patient.Patients;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.hold.Holds;

/// Whether an administrator may send everybody away from a room. What was said there stays for the schedule.
final class RoomEnding implements RoomEnd {
    private final CareRecord careRecord;
    private final Holds holds;
    private final Patients patients;

    RoomEnding(CareRecord careRecord, Holds holds, Patients patients) {
        this.careRecord = careRecord;
        this.holds = holds;
        this.patients = patients;
    }

    @Override
    public Optional<String> whyKept(Tx tx, RoomId room) {
        if (holds.covers(tx, patients.doomed(tx, List.of(room)))) {
            return Optional.of(
                    "There is a hold on this conversation, on somebody who was in it or on its patient: it must be kept until that is lifted.");
        }
        return careRecord.isAwaited(tx, room)
                ? Optional.of("A decision of this conversation is not finished: wait until the health record has it and"
                        + " its grace period is over.")
                : Optional.empty();
    }
}
