package lanyard.governance.carerecord;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.platform.sealing.SealedDataException;
import lanyard.platform.stream.Commit;
import lanyard.standards.fhir.CodeableConcept;
import lanyard.standards.fhir.DocumentReference;
import lanyard.standards.fhir.Patient;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;

/// Pictures that a decision takes into the record. This server cannot open what people send each other, so who signs
/// puts a copy for the record, which is sealed as the summary is and goes once the record has it.
///
/// What could go wrong: the only picture of a wound goes because a record said yes to something else; copies that
/// nobody signed for stay. The principles: the record has a picture only when it was read back and is the same, byte
/// for byte; only then is retention told; a copy that nobody signs for within a day cannot be signed for any more, and
/// goes an hour later.
final class DecisionImages {
    static final int LARGEST = 8 * 1024 * 1024;
    static final int MOST = 5;
    private static final int MOST_UNSIGNED = 20;
    private static final int MOST_A_SWEEP = 500;
    private static final Duration UNSIGNED = Duration.ofDays(1);
    /// What can still be signed for when a sweep looks is not destroyed by it.
    private static final Duration SWEPT = UNSIGNED.plusHours(1);
    private static final String MEDIA_ID = "[A-Za-z0-9_-]{1,255}";

    private final CareRecordGround ground;
    private final Timeline timeline;
    private final OutboxSeal seal;
    private final ImageStore store = new ImageStore();
    private RecordedFiles files = (commit, media, by, reference) -> {};

    DecisionImages(CareRecordGround ground, Timeline timeline) {
        this.ground = ground;
        this.timeline = timeline;
        this.seal = new OutboxSeal(ground.keys());
    }

    void tells(RecordedFiles told) {
        files = told;
    }

    /// Keeps a copy for a decision that the caller is about to sign; it is read once they may put one.
    /// Errors: `M_FORBIDDEN` outside the room, `M_INVALID_PARAM`, `M_LIMIT_EXCEEDED` when too many wait.
    void put(Caller caller, RoomId room, String media, Supplier<byte[]> sent) {
        timeline.getRoomOf(caller.user(), room);
        if (!media.matches(MEDIA_ID)) {
            throw invalid("That is not the id of a file.");
        }
        var picture = sent.get();
        var type = ImageType.of(picture)
                .orElseThrow(() -> invalid("The record takes pictures as JPEG, PNG or WebP. Save it as one of these."));
        var id = new UUID(ground.random().nextLong(), ground.random().nextLong());
        var blob = id.toString().replace("-", "");
        var image = new ImageStore.Image(
                id, media, room, caller.user(), blob, type, picture.length, Hashes.sha256(picture), null, null);
        // The line first: a copy without one would stay for ever when this process dies in between.
        ground.writer().write(commit -> {
            if (store.countUnsigned(commit.tx(), caller.user()) >= MOST_UNSIGNED) {
                throw new MatrixException(
                        ErrorCode.M_LIMIT_EXCEEDED,
                        "You have put many pictures and not signed for them. Sign, or try again tomorrow.");
            }
            store.insert(commit.tx(), image, ground.clock().instant());
            return id;
        });
        try {
            ground.images().put(blob, new ByteArrayInputStream(picture));
            ground.writer().write(commit -> store.whole(commit.tx(), id));
        } catch (RuntimeException e) {
            destroy(image, "it was not kept whole");
            throw e;
        }
    }

    private void destroy(ImageStore.Image image, String why) {
        ground.images().destroy(Objects.requireNonNull(image.blob()), why);
        ground.database().write(tx -> {
            store.gone(tx, image.id());
            return image;
        });
    }

    /// What a decision says of a picture.
    record Named(UUID id, ImageType type, byte[] sha256) {}

    /// In the deed that signs. Errors: `M_INVALID_PARAM` when no copy was put within a day.
    List<Named> sign(Tx tx, Signing.Draft draft, Patient patient) {
        var named = new ArrayList<Named>();
        var since = draft.now().minus(UNSIGNED);
        for (var media : draft.asked().images()) {
            var sought =
                    new ImageStore.Sought(draft.asked().room(), draft.caller().user(), media);
            var image = store.findUnsigned(tx, sought, since)
                    .orElseThrow(() -> invalid("Put a copy of each picture first: the record cannot open ours."));
            var document = Json.bytes(document(draft, patient, image).toJson());
            store.sign(tx, image.id(), draft.id(), seal.image(draft.id(), image.id(), document));
            named.add(new Named(image.id(), image.type(), image.sha256()));
        }
        return named;
    }

    private static DocumentReference document(Signing.Draft draft, Patient patient, ImageStore.Image image) {
        return new DocumentReference(
                DecisionDocument.identifier(image.id()),
                CodeableConcept.text("Clinical photograph"),
                patient.identifier().getFirst(),
                draft.now(),
                "A picture that belongs to a clinical decision.",
                image.type().word(),
                image.bytes(),
                DecisionDocument.identifier(draft.id()));
    }

    /// What is still to be delivered. Throws [SealedDataException] when one cannot be opened.
    List<RecordImage> listOpen(String organization, UUID decision) {
        return list(decision).stream()
                .filter(image -> image.reference() == null)
                .map(image -> open(organization, decision, image))
                .toList();
    }

    private RecordImage open(String organization, UUID decision, ImageStore.Image image) {
        if (image.document() == null || image.blob() == null) {
            throw gone();
        }
        var document = seal.openImage(new OutboxSeal.SealedImage(organization, decision, image.id(), image.document()));
        try (var in = ground.images().open(image.blob(), 0).orElseThrow(DecisionImages::gone)) {
            return new RecordImage(image.id(), image.type(), Json.object(document), in.readAllBytes());
        } catch (IOException e) {
            throw gone();
        }
    }

    private static SealedDataException gone() {
        return new SealedDataException("A picture for the record is gone or damaged.");
    }

    List<ImageStore.Image> list(UUID decision) {
        return ground.database().read(tx -> store.list(tx, decision));
    }

    List<ImageStore.Image> list(Tx tx, UUID decision) {
        return store.list(tx, decision);
    }

    /// A sink has it, under `reference`.
    void kept(Tx tx, UUID image, String reference) {
        store.kept(tx, image, reference);
    }

    /// The record has it: its file may go.
    void isInRecord(Commit commit, ImageStore.Image image, String reference) {
        files.isInRecord(commit, image.media(), image.author(), reference);
    }

    /// Somebody has said so of all pictures of a decision that a folder has, with the decision.
    void areInRecord(Commit commit, UUID decision, String reference) {
        store.list(commit.tx(), decision).forEach(image -> isInRecord(commit, image, reference));
    }

    /// Destroys copies that are not needed any more.
    void sweep() {
        var before = ground.clock().instant().minus(SWEPT);
        for (var spent : ground.database().read(tx -> store.listSpent(tx, before, MOST_A_SWEEP))) {
            destroy(spent, "the record has it, or nobody signed for it");
        }
        ground.images().clearUnfinished(before);
    }

    private static MatrixException invalid(String sentence) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, sentence);
    }
}
