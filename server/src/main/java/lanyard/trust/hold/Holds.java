package lanyard.trust.hold;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
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
/// destroys asks [#covers] in the transaction that destroys, and no hold can be placed between its answer and its
/// commit; several holds stand side by side and each must be lifted; placing and lifting name a person and a reason
/// and leave an audit entry in the same transaction.
public final class Holds implements Feature {
    private final Writer writer;
    private final Audit audit;
    private final InstantSource clock;
    private final SecureRandom random;
    private final HoldStore store = new HoldStore();

    public Holds(Writer writer, Audit audit, InstantSource clock, SecureRandom random) {
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /// Once this returns, nothing of the room is destroyed until the hold is lifted.
    public HoldId place(NewHold hold) {
        return writer.write(commit -> place(commit, hold));
    }

    /// The same within a deed, e.g. when a request for information opens.
    public HoldId place(Commit commit, NewHold hold) {
        var id = newId();
        store.waitForDecisions(commit.tx(), hold.room());
        store.place(commit.tx(), id, hold, clock.instant());
        audit.record(commit, entry("hold.placed", hold.by(), hold.room(), hold.reason(), id));
        return id;
    }

    /// Errors: `M_NOT_FOUND` when there is no such hold or it has been lifted.
    public void lift(HoldId id, UserId by, String reason) {
        writer.write(commit -> lift(commit, id, by, reason));
    }

    /// The same within a deed; answers the room that was held.
    public RoomId lift(Commit commit, HoldId id, UserId by, String reason) {
        var lift = new HoldStore.Lift(by, clock.instant(), NewHold.checked(reason));
        var room = store.lift(commit.tx(), id, lift)
                .orElseThrow(() ->
                        new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such hold, or it was lifted before."));
        audit.record(commit, entry("hold.lifted", by, room, lift.reason(), id));
        return room;
    }

    /// Whether the room must be kept. Ask in the transaction that would destroy: until that one ends, no hold can be
    /// placed on the room unseen.
    public boolean covers(Tx tx, RoomId room) {
        store.keepOut(tx, room);
        return store.covers(tx, room);
    }

    /// Whether one of the rooms must be kept; asked as [#covers] is.
    public boolean coverAny(Tx tx, Collection<RoomId> rooms) {
        store.keepOutOfAny(tx, rooms);
        return store.coversAny(tx, rooms);
    }

    /// The holds that stand on a room, oldest first.
    public List<Hold> listStanding(Tx tx, RoomId room) {
        return store.listStanding(tx, room);
    }

    private static AuditEntry entry(String action, UserId by, RoomId room, String reason, HoldId id) {
        return new AuditEntry(
                action, by.value(), room.value(), reason, Json.object().put("hold_id", id.value()));
    }

    private HoldId newId() {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        return new HoldId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public PersonalData personalData() {
        return new PersonalData(
                "Who placed or lifted which hold, when, and the reason they typed.",
                "The rows that name the person as placing or lifting.",
                "Kept as long as the duty that the hold served; then the rows are removed.");
    }
}
