package lanyard.governance.carerecord;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import lanyard.messaging.room.Rooms;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Duty;
import lanyard.trust.identity.Identity;

/// Decisions that are not in the record and will not get there by themselves: refused, or long overdue. Whoever keeps
/// the organisation's records sees all of them, the owner of a conversation those of theirs. It says nothing of what
/// was
/// decided, and not about whom.
final class Worklist {
    private static final int MOST = 500;

    private final CareRecordGround ground;
    private final CareRecordSettings settings;
    private final Identity identity;
    private final Rooms rooms;
    private final WorklistStore store = new WorklistStore();
    private final DecisionStore decisions = new DecisionStore();

    Worklist(CareRecordGround ground, CareRecordSettings settings, Identity identity, Rooms rooms) {
        this.ground = ground;
        this.settings = settings;
        this.identity = identity;
        this.rooms = rooms;
    }

    List<Decision> list(Caller caller) {
        var open = ground.database()
                .read(tx -> store.list(tx, caller.organization(), MOST).stream()
                        .map(id -> decisions.find(tx, id))
                        .flatMap(Optional::stream)
                        .toList());
        return open.stream().filter(isFor(caller, open)).toList();
    }

    /// Where the caller's organisation has its decisions go.
    RecordSink.Kind sink(Caller caller) {
        return settings.sinkOf().apply(caller.organization()).kind();
    }

    private Predicate<Decision> isFor(Caller caller, List<Decision> open) {
        if (identity.duties().of(caller.user()).contains(Duty.RECORDS)) {
            return _ -> true;
        }
        var byRoom = rooms.byRoom(open.stream().map(Decision::room).distinct().toList());
        return decision -> Optional.ofNullable(byRoom.get(decision.room()))
                .filter(room -> room.owner().equals(caller.user()))
                .isPresent();
    }

    /// Errors: `M_NOT_FOUND`, also for what is not on the caller's list.
    Decision get(Caller caller, UUID id) {
        return list(caller).stream()
                .filter(decision -> decision.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new MatrixException(ErrorCode.M_NOT_FOUND, "That is not on your list of decisions."));
    }
}
