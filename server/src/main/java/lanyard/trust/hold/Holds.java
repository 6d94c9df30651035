package lanyard.trust.hold;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lanyard.platform.Feature;
import lanyard.platform.PersonalData;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditEntry;

/// Legal holds: while one stands, nothing it covers is disposed of.
///
/// What could go wrong: something is destroyed that a request, an inquiry or a court needs. The principles: whoever
/// destroys asks [#standing] in the transaction that destroys, and no hold can be placed between its answer and its
/// commit; several holds stand side by side and each must be lifted; placing and lifting name a person and a reason
/// and leave an audit entry in the same transaction; what a request for information has placed is not lifted
/// beside it.
public final class Holds implements Feature {
    private final Writer writer;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random;
    private final HoldStore store = new HoldStore();
    private final List<Need> needs = new CopyOnWriteArrayList<>();
    private final List<Function<UserId, Predicate<Hold>>> shown = new CopyOnWriteArrayList<>();

    /// Whether somebody's work needs a hold, and in a sentence who lifts it; empty when anybody with the duty does.
    @FunctionalInterface
    public interface Need {
        Optional<String> of(Tx tx, HoldId hold);
    }

    public Holds(Writer writer, Audit audit, InstantSource clock, SecureRandom random) {
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /// Once this returns, nothing of the subject is destroyed until the hold is lifted.
    public HoldId place(NewHold hold) {
        return writer.write(commit -> place(commit, hold));
    }

    /// The same within a deed, e.g. when a request for information is logged. Do it first in the deed: it waits for
    /// those who are destroying.
    public HoldId place(Commit commit, NewHold hold) {
        var id = newId();
        store.waitForDecisions(commit.tx());
        store.place(commit.tx(), id, hold, clock.instant());
        audit.record(commit, entry("hold.placed", hold.by(), hold.subject(), hold.reason(), id));
        return id;
    }

    /// From now on nobody lifts by hand what `need` says is needed.
    public void neededBy(Need need) {
        needs.add(need);
    }

    /// Which holds somebody is shown, of those that their duty lets them see.
    public void shows(Function<UserId, Predicate<Hold>> some) {
        shown.add(some);
    }

    /// What everybody who knows more of holds lets the reader see.
    public Predicate<Hold> shownTo(UserId reader) {
        return shown.stream().map(some -> some.apply(reader)).reduce(_ -> true, Predicate::and);
    }

    /// By hand. Errors: `M_NOT_FOUND` when there is no such hold or it has been lifted; `M_FORBIDDEN` when it is
    /// needed.
    public void lift(HoldId id, UserId by, String reason) {
        writer.write(commit -> {
            var needed = needs.stream()
                    .flatMap(need -> need.of(commit.tx(), id).stream())
                    .findFirst();
            if (needed.isPresent()) {
                throw new MatrixException(ErrorCode.M_FORBIDDEN, needed.get());
            }
            return lift(commit, id, by, reason);
        });
    }

    /// Within the deed of whoever needed it; answers what was held.
    public HoldSubject lift(Commit commit, HoldId id, UserId by, String reason) {
        var lift = new HoldStore.Lift(by, clock.instant(), NewHold.checked(reason));
        var subject = store.lift(commit.tx(), id, lift)
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such hold, or it was lifted before."));
        audit.record(commit, entry("hold.lifted", by, subject, lift.reason(), id));
        return subject;
    }

    /// Until the transaction ends, no hold is placed. Whoever destroys takes this before any lock on what it destroys.
    public void keepOut(Tx tx) {
        store.keepOut(tx);
    }

    /// What of it must be kept. Ask in the transaction that would destroy: until that one ends, no hold can be placed
    /// unseen.
    public Standing standing(Tx tx, Doomed doomed) {
        return standing(tx, () -> doomed);
    }

    /// The same, where who and what is doomed has to be asked first: it is, once no hold can be placed any more.
    public Standing standing(Tx tx, Supplier<Doomed> doomed) {
        store.keepOut(tx);
        return new Standing(store.listSpans(tx, doomed.get()));
    }

    /// Whether any of it must be kept, whenever it was said; asked as [#standing] is.
    public boolean covers(Tx tx, Doomed doomed) {
        return !standing(tx, doomed).isEmpty();
    }

    /// Whether a hold is on the room itself: one on a person or a patient is not seen by this. Who destroys asks with
    /// [Doomed].
    public boolean covers(Tx tx, RoomId room) {
        return covers(tx, new Doomed(Set.of(room), Set.of(), Set.of()));
    }

    /// The holds that stand on a room itself, oldest first.
    public List<Hold> listStanding(Tx tx, RoomId room) {
        return store.listStanding(tx, room);
    }

    /// All that an organisation holds, oldest first.
    public List<Hold> listStanding(Tx tx, String organization) {
        return store.listStanding(tx, organization);
    }

    /// Whether it is there and has not been lifted.
    public boolean isStanding(Tx tx, HoldId id) {
        return store.isStanding(tx, id);
    }

    /// One of the organisation's that stands.
    public Optional<Hold> find(Tx tx, String organization, HoldId id) {
        return store.find(tx, organization, id);
    }

    private static AuditEntry entry(String action, UserId by, HoldSubject subject, String reason, HoldId id) {
        var details = Json.object()
                .put("hold_id", id.value())
                .put("kind", subject.kind().word());
        subject.from().ifPresent(from -> details.put("from_ts", from.toEpochMilli()));
        subject.to().ifPresent(to -> details.put("to_ts", to.toEpochMilli()));
        return new AuditEntry(action, by.value(), subject.id(), reason, details);
    }

    private HoldId newId() {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        return new HoldId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Whom holds are on; who placed or lifted which, when, and the reason they typed.",
                "The rows that name the person as held, placing or lifting.",
                "Kept as long as the duty that the hold served; then the rows are removed.");
    }
}
