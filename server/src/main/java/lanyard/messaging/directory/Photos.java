package lanyard.messaging.directory;

import java.util.Arrays;
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
import lanyard.trust.scim.Photographs;

/// What colleagues look like: small pictures that administrators, the help desk and the organisation's directory set,
/// for colleagues who are signed in.
final class Photos implements Photographs {
    private final Directory directory;
    private final DirectoryParts parts;
    private final DirectoryStore store = new DirectoryStore();

    Photos(Directory directory, DirectoryParts parts) {
        this.directory = directory;
        this.parts = parts;
    }

    /// Answers the new version. Errors: `M_NOT_FOUND`, and what the decoder of pictures refuses.
    long put(Caller by, UserId user, byte[] picture) {
        var person = directory.person(by, user);
        var small = small(picture);
        return parts.ground()
                .writer()
                .write(commit -> keep(commit, person.id(), small, by.user().value()));
    }

    @Override
    public byte[] small(byte[] picture) {
        return parts.portrait().apply(picture);
    }

    /// A directory that says the same picture again changes nothing.
    @Override
    public void put(Commit commit, UserId user, byte[] small, String by) {
        var same = store.findPhoto(commit.tx(), user).filter(known -> Arrays.equals(known.bytes(), small));
        if (same.isEmpty()) {
            keep(commit, user, small, by);
        }
    }

    private long keep(Commit commit, UserId user, byte[] small, String by) {
        var type = small[0] == (byte) 0x89 ? "image/png" : "image/jpeg";
        audit(commit, by, "person.photo_set", user);
        return store.putPhoto(
                commit.tx(), user, new Photo(type, small), by, parts.ground().now());
    }

    private void audit(Commit commit, String by, String action, UserId subject) {
        parts.ground().audit().record(commit, new AuditEntry(action, by, subject.value(), "", Json.object()));
    }

    /// Taking away what is not there changes nothing.
    void delete(Caller by, UserId user) {
        var person = directory.person(by, user);
        parts.ground().writer().write(commit -> {
            takeAway(commit, person.id(), by.user().value());
            return person;
        });
    }

    @Override
    public void takeAway(Commit commit, UserId user, String by) {
        if (store.deletePhoto(commit.tx(), user)) {
            audit(commit, by, "person.photo_taken_away", user);
        }
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
