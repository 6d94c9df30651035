package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.media.Media;
import lanyard.messaging.media.StoredMedia;
import lanyard.messaging.patient.Patients;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.hold.Holds;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Organizations;

/// Destroys files that retention has run out of.
///
/// What could go wrong, for ever: the only picture of a wound goes because a sentence about it is in the record; or a
/// file goes that a held conversation shows. The server cannot see what a file shows, nor where. The principles: a file
/// of somebody who ever was in a clinical conversation goes only once the record has the file itself or a clinician
/// has said why it is not needed there, and waits on the worklist until then; a file stays while a hold covers any room
/// its owner ever was in at that time, asked in the transaction that destroys.
final class FileExpiry {
    private static final int MOST_A_RUN = 500;
    private static final String ACTOR = "lanyard.retention";

    private final RetentionGround ground;
    private final Holds holds;
    private final Identity identity;
    private final Schedule schedule;
    private final Timeline timeline;
    private final Rooms rooms;
    private final Patients patients;
    private final Media media;
    private final FileStore store = new FileStore();
    /// Where the next run goes on, so that files that stay do not stand in the way of those behind them.
    private final Map<String, Instant> reached = new ConcurrentHashMap<>();

    FileExpiry(RetentionGround ground, Retention.Others others, Retention.Conversations conversations, Schedule all) {
        this.ground = ground;
        this.holds = others.holds();
        this.identity = others.identity();
        this.schedule = all;
        this.timeline = conversations.timeline();
        this.rooms = conversations.rooms();
        this.patients = conversations.patients();
        this.media = conversations.media();
    }

    /// Answers how many went.
    int carryOut(Organizations organizations) {
        return organizations.list().stream()
                .mapToInt(organization -> carryOut(organization.odsCode()))
                .sum();
    }

    private int carryOut(String organization) {
        var before = ground.clock().instant().minus(schedule.keepFiles(organization));
        var after = reached.getOrDefault(organization, Instant.EPOCH);
        var due = media.listBetween(organization, after, before, MOST_A_RUN);
        if (due.size() < MOST_A_RUN) {
            reached.remove(organization);
        } else {
            reached.put(organization, due.getLast().uploadedAt());
        }
        return (int) due.stream().filter(this::destroy).count();
    }

    private boolean destroy(StoredMedia file) {
        var ever = ground.database().read(tx -> new RoomRegister(timeline).listEver(tx, file.owner()));
        if (needsRelease(file, ever)) {
            ground.database().write(tx -> {
                store.waits(tx, file);
                return file;
            });
            return false;
        }
        try {
            return media.destroy(file.id(), ACTOR, "retention has run out", tx -> mustNotBeHeld(tx, file));
        } catch (Held e) {
            return false;
        }
    }

    private boolean needsRelease(StoredMedia file, List<RoomId> ever) {
        return ground.database()
                        .read(tx -> store.findRelease(tx, file.id()).filter(release -> counts(tx, release, ever)))
                        .isEmpty()
                && rooms.byRoom(ever).values().stream().anyMatch(room -> room.kind() == RoomKind.CLINICAL);
    }

    /// What the record has is a copy that somebody put there: the word of who never was in a conversation with the
    /// file's owner, and so cannot have seen it, counts for nothing.
    private boolean counts(Tx tx, FileStore.Release release, List<RoomId> ever) {
        return !release.how().equals(FileStore.IN_RECORD)
                || new RoomRegister(timeline)
                        .listEver(tx, release.by()).stream().anyMatch(ever::contains);
    }

    private void mustNotBeHeld(Tx tx, StoredMedia file) {
        holds.keepOut(tx);
        var ever = new RoomRegister(timeline).listEver(tx, file.owner());
        if (holds.standing(tx, patients.doomed(tx, ever)).covers(file.uploadedAt())) {
            throw new Held();
        }
    }

    /// A hold keeps the file; nobody sees this.
    private static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Held() {
            super("held", null, false, false);
        }
    }

    /// A clinician says why a file need not be in the record. Errors: `M_FORBIDDEN` without a professional
    /// registration, `M_NOT_FOUND`, `M_INVALID_PARAM` without a reason, `M_BAD_STATE` when it was released before.
    void notNeeded(Caller caller, String id, String reason) {
        var registered = identity.people()
                .find(caller.user())
                .filter(person -> !person.registration().isBlank())
                .isPresent();
        if (!registered) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Only a registered clinician says that a file is not needed in the record.");
        }
        var _ = media.find(id)
                .filter(file -> file.organization().equals(caller.organization()))
                .filter(file -> sharesARoom(caller.user(), file.owner()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such file here."));
        if (reason.isBlank() || reason.length() > 1_000) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Say why it is not needed, in at most 1000 characters.");
        }
        ground.writer().write(commit -> {
            release(commit, id, new FileStore.Release("not_needed", caller.user(), now(), reason.strip()));
            return id;
        });
    }

    private boolean sharesARoom(UserId caller, UserId owner) {
        return timeline.memberships()
                .joined(caller)
                .flatMap(room -> timeline.findRoom(room).stream())
                .anyMatch(room -> room.isJoined(owner));
    }

    private Instant now() {
        return ground.clock().instant();
    }

    void inRecord(Commit commit, String id, UserId by, String reference) {
        if (store.findRelease(commit.tx(), id).isEmpty()) {
            release(commit, id, new FileStore.Release(FileStore.IN_RECORD, by, now(), reference));
        }
    }

    private void release(Commit commit, String id, FileStore.Release release) {
        if (!store.release(commit.tx(), id, release)) {
            throw new MatrixException(ErrorCode.M_BAD_STATE, "That was said of this file before.");
        }
        var details = Json.object().put("how", release.how());
        ground.audit()
                .record(commit, new AuditEntry("file.released", release.by().value(), id, release.reason(), details));
    }

    List<FileStore.Waiting> listWaiting(String organization) {
        return ground.database().read(tx -> store.listWaiting(tx, organization, 1_000));
    }
}
