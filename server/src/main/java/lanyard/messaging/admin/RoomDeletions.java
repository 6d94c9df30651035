package lanyard.messaging.admin;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.admin.RoomDeletion.Status;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import org.jspecify.annotations.Nullable;

/// Ends rooms, step by step.
///
/// What could go wrong: what was said goes before its time, by the word of one administrator, ahead of a request or
/// before its owner has said what of it belongs in the health record; or people are sent away from a conversation that
/// is evidence. The principles: ending a room never destroys what was said, whatever was asked for: that is the
/// schedule's, which asks everything first and can be called off. Every step is one deed that asks governance again; a
/// step that may not be taken ends the deletion as failed, with the reason. What was begun before a crash is carried on
/// by the job.
final class RoomDeletions {
    private static final int PEOPLE_A_STEP = 25;

    private final AdminParts parts;
    private final RoomDeletionStore store = new RoomDeletionStore();
    private volatile @Nullable RoomEnd end;

    RoomDeletions(AdminParts parts) {
        this.parts = parts;
    }

    void decidedBy(RoomEnd governance) {
        end = governance;
    }

    /// What the administrator wants done with the room. A purge is written down as wanted, and not done.
    record Wish(boolean block, boolean purge) {}

    /// Begins. Errors: `M_FORBIDDEN` with the reason why the room must stay, `M_INVALID_PARAM` while it is being ended
    /// already.
    RoomDeletion begin(Caller caller, RoomId room, Wish wish) {
        var bytes = new byte[12];
        parts.random().nextBytes(bytes);
        var id = HexFormat.of().formatHex(bytes);
        var deletion = new RoomDeletion(id, room, caller.user(), wish.purge(), Status.SHUTTING_DOWN, List.of(), null);
        parts.writer().write(commit -> {
            whyKept(commit.tx(), room).ifPresent(why -> {
                throw new MatrixException(ErrorCode.M_FORBIDDEN, why);
            });
            if (store.list(commit.tx(), room).stream().anyMatch(RoomDeletions::isUnderWay)) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That room is being deleted already.");
            }
            store.add(commit.tx(), deletion, parts.clock().instant());
            if (wish.block()) {
                parts.rooms().closing().block(commit, room, caller.user(), true);
            }
            audit(commit, "room.deletion_begun", deletion);
            return id;
        });
        Thread.startVirtualThread(() -> carryOn(id));
        return deletion;
    }

    private static boolean isUnderWay(RoomDeletion deletion) {
        return deletion.status() == Status.SHUTTING_DOWN;
    }

    private Optional<String> whyKept(Tx tx, RoomId room) {
        var governance = end;
        return governance == null
                ? Optional.of("Nobody can say here whether the room must be kept.")
                : governance.whyKept(tx, room);
    }

    Optional<RoomDeletion> find(String id) {
        return parts.database().read(tx -> store.find(tx, id));
    }

    List<RoomDeletion> list(RoomId room) {
        return parts.database().read(tx -> store.list(tx, room));
    }

    /// Takes up what a crash or a stop has left.
    void carryOn() {
        parts.database().read(store::listUnfinished).forEach(deletion -> carryOn(deletion.id()));
    }

    private void carryOn(String id) {
        while (parts.writer().write(commit -> step(commit, id))) {
            // One deed after the other, so that messages are sent in between.
        }
    }

    /// True when there is more to do.
    private boolean step(Commit commit, String id) {
        var before = store.find(commit.tx(), id).filter(RoomDeletions::isUnderWay);
        if (before.isEmpty()) {
            return false;
        }
        var after = whyKept(commit.tx(), before.get().room())
                .map(before.get()::failed)
                .orElseGet(() -> further(commit, before.get()));
        store.keep(commit.tx(), after);
        if (!isUnderWay(after)) {
            audit(commit, "room.deletion_" + after.status().word(), after);
        }
        return isUnderWay(after);
    }

    private RoomDeletion further(Commit commit, RoomDeletion deletion) {
        var gone = parts.rooms().closing().sendAway(commit, deletion.room(), PEOPLE_A_STEP);
        return gone.isEmpty() ? deletion.now(Status.COMPLETE) : deletion.without(gone);
    }

    private void audit(Commit commit, String action, RoomDeletion deletion) {
        var details = Json.object()
                .put("deletion", deletion.id())
                .put("purge", deletion.purge())
                .put("people", deletion.sentAway().size());
        parts.audit()
                .record(
                        commit,
                        new AuditEntry(
                                action,
                                deletion.askedBy().value(),
                                deletion.room().value(),
                                "",
                                details));
    }
}
