package lanyard.governance.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lanyard.governance.carerecord.CareRecord;
import lanyard.messaging.admin.RoomEnd;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.hold.Holds;

/// The end of a whole room, which an administrator has asked for.
///
/// What could go wrong, for ever: evidence goes that somebody has asked to be kept, or a decision that the record does
/// not have. The principle is the sweep's: the question and the destruction are one transaction, in which no hold can
/// be placed unseen; each message that goes leaves its line.
final class RoomDisposal implements RoomEnd {
    private static final String AUTHORITY = "room-deleted";

    private final RetentionGround ground;
    private final CareRecord careRecord;
    private final Holds holds;
    private final Patients patients;
    private final Disposed disposed;
    private final StoredEvents events;
    private final Timeline timeline;
    private final DisposalStore store = new DisposalStore();

    /// The rooms, whom they are about, and the list of what went.
    record Rooms(Timeline timeline, Patients patients, Disposed disposed) {}

    RoomDisposal(RetentionGround ground, CareRecord careRecord, Holds holds, Rooms rooms) {
        this.ground = ground;
        this.careRecord = careRecord;
        this.holds = holds;
        this.events = new StoredEvents(rooms.timeline());
        this.timeline = rooms.timeline();
        this.patients = rooms.patients();
        this.disposed = rooms.disposed();
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

    @Override
    public int destroy(Commit commit, RoomId id, String deletion, int most) {
        var room = timeline.getRoom(commit, id);
        var authority = new DisposalStore.Authority(deletion, AUTHORITY, "");
        var now = ground.clock().instant();
        var gone = new ArrayList<Long>();
        for (var event : events.listSaying(commit.tx(), room, most)) {
            store.insert(commit.tx(), id, event, authority, now);
            events.prune(commit, id, event.id());
            gone.add(event.seq());
        }
        disposed.note(commit.tx(), deletion, id, gone);
        return gone.size();
    }
}
