package lanyard.messaging.media;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.http.Routes;
import lanyard.platform.jobs.Jobs;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Caller;

/// Files that people send. In an encrypted room the server holds what it cannot read, and does not know which message
/// shows it: a file has an owner and a time, and no room.
///
/// What could go wrong: a file that was destroyed is read again. The principle: destruction is of the key, which is
/// outside the database and its backups; the row says so first, and a sweep makes sure that the key follows.
public final class Media implements Feature {
    private static final int ID_BYTES = 24;
    /// An upload that takes longer has died.
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(6);

    private static final ThumbnailSize PORTRAIT = new ThumbnailSize(192, 192, true);

    private static final Duration MAKE_SURE = Duration.ofDays(2);

    private final MediaParts parts;
    private final MediaStore store = new MediaStore();
    private final Thumbnails thumbnails;

    public Media(MediaParts parts) {
        this.parts = parts;
        this.thumbnails = new Thumbnails();
    }

    /// Keeps what `in` gives. Errors: `M_FORBIDDEN` when the person's quota is used up, `M_TOO_LARGE` from the stream.
    StoredMedia upload(Caller caller, InputStream in, FileNote note) {
        requireRoom(parts.database().read(tx -> store.bytesOf(tx, caller.user())));
        var id = newId();
        var bytes = parts.blobs().put(id, in);
        try {
            var sealed = parts.blobs().sealNote(id, note.bytes());
            var media = new StoredMedia(id, caller.user(), caller.organization(), bytes, sealed, now(), false);
            return parts.writer().write(commit -> {
                requireRoom(store.bytesOf(commit.tx(), caller.user()) + bytes - 1);
                store.add(commit.tx(), media);
                return media;
            });
        } catch (RuntimeException e) {
            parts.blobs().destroy(id, "the upload was not accepted");
            throw e;
        }
    }

    private void requireRoom(long used) {
        if (used >= parts.clockwork().settings().quotaBytes()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "You have reached the amount of files you can keep here. Ask your IT team for more.");
        }
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        parts.clockwork().random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Instant now() {
        return parts.clockwork().clock().instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// A file of the organisation's; whether it is another's, gone or never was makes no difference. Errors:
    /// `M_NOT_FOUND`.
    StoredMedia get(Caller caller, String server, String id) {
        if (!server.equals(caller.user().server().value()) || !id.matches("[A-Za-z0-9_-]{32}")) {
            throw notFound();
        }
        return find(id).filter(media -> !media.gone() && media.organization().equals(caller.organization()))
                .orElseThrow(Media::notFound);
    }

    static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such file here.");
    }

    FileNote note(StoredMedia media) {
        return parts.blobs()
                .openNote(media.id(), media.note())
                .map(FileNote::of)
                .orElseThrow(Media::notFound);
    }

    InputStream open(StoredMedia media, long from) {
        return parts.blobs().open(media.id(), from).orElseThrow(Media::notFound);
    }

    /// What the server holds of a file, ciphertext as a rule, also of one that is shown to nobody: for a case that two
    /// people have approved. Empty when it is destroyed.
    public Optional<InputStream> openForCase(String id) {
        return find(id).flatMap(media -> parts.blobs().open(media.id(), 0));
    }

    /// A picture made small enough for a face, and nothing of the file it came in but its pixels. Errors: as
    /// [Thumbnails] has them.
    public byte[] portrait(byte[] picture) {
        return thumbnails.of(picture, PORTRAIT);
    }

    public Optional<StoredMedia> find(String id) {
        return parts.database().read(tx -> store.find(tx, id));
    }

    /// The oldest files of a person's.
    public List<StoredMedia> listOf(UserId owner, int limit) {
        return parts.database().read(tx -> store.listOf(tx, owner, limit));
    }

    /// How much each person of an organisation keeps.
    public record Sum(UserId owner, long files, long bytes) {}

    /// Those who keep the most, first.
    public List<Sum> sums(String organization, int limit) {
        return parts.database().read(tx -> store.sums(tx, organization, limit));
    }

    /// The oldest files uploaded before `before`: for retention.
    public List<StoredMedia> listBefore(Instant before, int limit) {
        return parts.database().read(tx -> store.listBefore(tx, before, limit));
    }

    /// What these people have uploaded since and is not destroyed, the oldest first.
    public List<StoredMedia> listSince(Tx tx, Collection<UserId> owners, Instant since) {
        return store.listSince(tx, owners, since);
    }

    /// The oldest files of an organisation uploaded between the two moments: for retention, which goes on from the
    /// last.
    public List<StoredMedia> listBetween(String organization, Instant after, Instant before, int limit) {
        return parts.database().read(tx -> store.listBetween(tx, organization, after, before, limit));
    }

    /// Destroys a file for good: its key first of all, so that no backup can bring it back. Whoever calls it has asked
    /// `trust.hold`. False when there is none or it was destroyed before.
    public boolean destroy(String id, String actor, String why) {
        return destroy(id, actor, why, tx -> {});
    }

    /// The same, if `question` does not refuse in the transaction that destroys.
    public boolean destroy(String id, String actor, String why, Consumer<Tx> question) {
        var done = parts.writer().write(commit -> {
            question.accept(commit.tx());
            var destroyed = store.destroy(commit.tx(), id, now());
            if (destroyed) {
                parts.audit().record(commit, new AuditEntry("media.destroyed", actor, id, why, Json.object()));
            }
            return destroyed;
        });
        if (done) {
            thumbnails.forget(id);
            parts.blobs().destroy(id, why.isBlank() ? "destroyed" : why);
        }
        return done;
    }

    /// Shows a file to nobody, or to people again. False when that changes nothing.
    public boolean quarantine(String id, String actor, boolean away) {
        return parts.writer().write(commit -> {
            var changed = away ? store.quarantine(commit.tx(), id, actor) : store.release(commit.tx(), id);
            if (changed) {
                var action = away ? "media.quarantined" : "media.released";
                parts.audit().record(commit, new AuditEntry(action, actor, id, "", Json.object()));
            }
            return changed;
        });
    }

    /// Clears what uploads that died left behind, and makes sure that what was destroyed is.
    void sweep() {
        parts.blobs().clearUnfinished(now().minus(LONGEST_UPLOAD));
        parts.database()
                .read(tx -> store.listDestroyedSince(tx, now().minus(MAKE_SURE)))
                .forEach(id -> parts.blobs().destroy(id, "made sure of"));
    }

    @Override
    public void routes(Routes routes) {
        new MediaEndpoints(this, thumbnails, parts).addTo(routes);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every("media-sweep", Duration.ofHours(1), this::sweep);
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Files that people sent, with their owner and time; most are encrypted and unreadable for the server.",
                "The person's files as they were uploaded, with their names and times.",
                "The key of each file is destroyed, which makes it unreadable everywhere, and the file deleted; a line with"
                        + " its id, size and times stays.");
    }
}
