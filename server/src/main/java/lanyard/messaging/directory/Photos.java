package lanyard.messaging.directory;

import java.util.Collection;
import java.util.Map;
import lanyard.messaging.directory.DirectoryStore.Photo;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// What colleagues look like: small pictures that administrators set, for colleagues who are signed in.
final class Photos {
    private final Directory directory;
    private final DirectoryParts parts;
    private final DirectoryStore store = new DirectoryStore();

    Photos(Directory directory, DirectoryParts parts) {
        this.directory = directory;
        this.parts = parts;
    }

    /// Answers the new version. Errors: `M_NOT_FOUND`, and what the decoder of pictures refuses.
    long put(Caller administrator, UserId user, byte[] picture) {
        var person = directory.person(administrator, user);
        var small = parts.portrait().apply(picture);
        var type = small[0] == (byte) 0x89 ? "image/png" : "image/jpeg";
        return parts.ground().writer().write(commit -> {
            audit(commit, administrator, "person.photo_set", person.id());
            return store.putPhoto(
                    commit.tx(),
                    person.id(),
                    new Photo(type, small),
                    administrator.user(),
                    parts.ground().now());
        });
    }

    private void audit(Commit commit, Caller by, String action, UserId subject) {
        var entry = new AuditEntry(action, by.user().value(), subject.value(), "", Json.object());
        parts.ground().audit().record(commit, entry);
    }

    /// Taking away what is not there changes nothing.
    void delete(Caller administrator, UserId user) {
        var person = directory.person(administrator, user);
        parts.ground().writer().write(commit -> {
            var there = store.deletePhoto(commit.tx(), person.id());
            if (there) {
                audit(commit, administrator, "person.photo_taken_away", person.id());
            }
            return there;
        });
    }

    /// Errors: `M_NOT_FOUND`.
    Photo get(Caller caller, UserId user) {
        var person = directory.person(caller, user);
        return parts.ground()
                .database()
                .read(tx -> store.findPhoto(tx, person.id()))
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no photo of them."));
    }

    Map<UserId, Long> versions(Collection<UserId> users) {
        return parts.ground().database().read(tx -> store.photoVersions(tx, users));
    }

    /// Of people whose account has ended none is kept.
    void sweep() {
        var shown = parts.ground().database().read(store::listWithPhoto);
        var ended = parts.identity().leavers().listEnded(shown);
        if (!ended.isEmpty()) {
            parts.ground().writer().write(commit -> {
                ended.forEach(user -> store.deletePhoto(commit.tx(), user));
                return ended.size();
            });
        }
    }
}
