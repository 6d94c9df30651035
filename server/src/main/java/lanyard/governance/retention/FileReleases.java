package lanyard.governance.retention;

import java.util.List;
import lanyard.messaging.media.Media;
import lanyard.messaging.timeline.RoomRegister;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Identity;

/// Why files may go for the health record's part: it has them, or a clinician says that it need not; and which files
/// wait for that.
final class FileReleases {
    private final RetentionGround ground;
    private final Identity identity;
    private final Timeline timeline;
    private final Media media;
    private final FileStore store = new FileStore();

    FileReleases(RetentionGround ground, Identity identity, Retention.Conversations conversations) {
        this.ground = ground;
        this.identity = identity;
        this.timeline = conversations.timeline();
        this.media = conversations.media();
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
            release(
                    commit,
                    id,
                    new FileStore.Release(
                            "not_needed", caller.user(), ground.clock().instant(), reason.strip()));
            return id;
        });
    }

    /// The owner may have left, or be gone altogether: somebody must still be able to say it.
    private boolean sharesARoom(UserId caller, UserId owner) {
        var theirs = ground.database().read(tx -> new RoomRegister(timeline).listEver(tx, owner));
        return timeline.memberships().joined(caller).anyMatch(theirs::contains);
    }

    void inRecord(Commit commit, String id, UserId by, String reference) {
        if (store.findRelease(commit.tx(), id).isEmpty()) {
            release(
                    commit,
                    id,
                    new FileStore.Release(
                            FileStore.IN_RECORD, by, ground.clock().instant(), reference));
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
