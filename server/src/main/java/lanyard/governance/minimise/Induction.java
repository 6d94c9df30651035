package lanyard.governance.minimise;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import lanyard.messaging.room.RoomKind;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.identity.Leavers;
import lanyard.trust.policy.Policies;

/// The minute in which staff think the points through before the first conversation about a patient that they begin.
/// Being added to one and answering in it is never stopped: nothing blocks what is urgent.
public final class Induction {
    private static final int MOST_AT_ONCE = 1000;

    private final Database database;
    private final Writer writer;
    private final Policies policies;
    private final Leavers leavers;
    private final InstantSource clock;
    private final MinimiseStore store = new MinimiseStore();

    Induction(MinimiseParts parts) {
        this.database = parts.ground().database();
        this.writer = parts.ground().writer();
        this.clock = parts.ground().clock();
        this.policies = parts.trust().policies();
        this.leavers = parts.trust().identity().leavers();
    }

    /// Errors: `ORG_LANYARD_INDUCTION` for a clinical conversation whose beginner has not read the version in force.
    public void mayBegin(UserId person, String organization, RoomKind kind) {
        if (kind == RoomKind.CLINICAL && accepted(person) < wanted(organization)) {
            throw new MatrixException(
                    ErrorCode.ORG_LANYARD_INDUCTION,
                    "Before the first clinical conversation that you begin, read the one-minute introduction in the"
                            + " Lanyard app. You can answer in conversations that you are in.");
        }
    }

    int accepted(UserId person) {
        return database.read(tx -> store.accepted(tx, person));
    }

    int wanted(String organization) {
        return policies.of(organization).everyday().induction();
    }

    void accept(Caller caller, int version) {
        if (version != wanted(caller.organization())) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "The introduction has changed meanwhile. Read the one in force.");
        }
        writer.write(commit -> {
            accept(commit, caller.user(), version);
            return version;
        });
    }

    /// For people who are known to have read it elsewhere.
    public void accept(Commit commit, UserId person, int version) {
        store.accept(commit.tx(), person, version, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /// Of people whose account has ended nothing is kept.
    void sweep() {
        var after = "";
        List<UserId> next;
        do {
            var from = after;
            next = database.read(tx -> store.listInducted(tx, from, MOST_AT_ONCE));
            leavers.listEnded(next).forEach(this::forget);
            after = next.isEmpty() ? after : next.getLast().value();
        } while (next.size() == MOST_AT_ONCE);
    }

    private void forget(UserId user) {
        writer.write(commit -> {
            // Who has come back meanwhile keeps it.
            if (leavers.hasEnded(commit, user)) {
                store.forgetInduction(commit.tx(), user);
            }
            return user;
        });
    }
}
