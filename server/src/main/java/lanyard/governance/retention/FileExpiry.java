package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lanyard.messaging.media.Media;
import lanyard.messaging.media.StoredMedia;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;
import lanyard.trust.identity.Organizations;

/// Destroys files that retention has run out of.
///
/// What could go wrong, for ever: a file goes that the record or a hold needs. The principle: whether it may go is asked
/// in the transaction that destroys ([FileKeeping]); what waits for the record is on the worklist until somebody says.
final class FileExpiry {
    private static final int MOST_A_RUN = 500;
    private static final String ACTOR = "lanyard.retention";

    private final RetentionGround ground;
    private final Identity identity;
    private final FileKeeping keeping;
    private final Timeline timeline;
    private final Media media;
    private final FileStore store = new FileStore();
    /// Where the next run goes on, so that files that stay do not stand in the way of those behind them.
    private final Map<String, Instant> reached = new ConcurrentHashMap<>();

    FileExpiry(RetentionGround ground, Retention.Others others, Retention.Conversations conversations, FileKeeping keeping) {
        this.ground = ground;
        this.identity = others.identity();
        this.keeping = keeping;
        this.timeline = conversations.timeline();
        this.media = conversations.media();
    }

    /// Answers how many went.
    int carryOut(Organizations organizations) {
        return organizations.list().stream()
                .mapToInt(organization -> carryOut(organization.odsCode()))
                .sum();
    }

    private int carryOut(String organization) {
        var before = keeping.runsOut(organization, now());
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
        var kept = ground.database().write(tx -> {
            var why = keeping.ask(tx, file, now());
            if (why.filter(one -> one == FileKeeping.Why.NOT_RECORDED).isPresent()) {
                store.waits(tx, file);
            }
            return why;
        });
        if (kept.isPresent()) {
            return false;
        }
        try {
            return media.destroy(file.id(), ACTOR, "retention has run out", tx -> mustNotBeKept(tx, file));
        } catch (Kept e) {
            return false;
        }
    }

    /// The last questions, in the transaction that destroys.
    Optional<FileKeeping.Why> whyKept(Tx tx, StoredMedia file) {
        return keeping.ask(tx, file, now());
    }

    private void mustNotBeKept(Tx tx, StoredMedia file) {
        if (whyKept(tx, file).isPresent()) {
            throw new Kept();
        }
    }

    /// The file stays; nobody sees this.
    private static final class Kept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Kept() {
            super("kept", null, false, false);
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
