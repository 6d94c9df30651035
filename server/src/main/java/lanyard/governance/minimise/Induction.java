package lanyard.governance.minimise;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import lanyard.messaging.room.RoomKind;
import lanyard.platform.db.Database;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.Writer;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.Caller;
import lanyard.trust.policy.Policies;

/// The minute in which staff think the points through before the first conversation about a patient that they begin.
/// Being added to one and answering in it is never stopped: nothing blocks what is urgent.
public final class Induction {
    private final Database database;
    private final Writer writer;
    private final Policies policies;
    private final InstantSource clock;
    private final MinimiseStore store = new MinimiseStore();

    Induction(Database database, Writer writer, Policies policies, InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.policies = policies;
        this.clock = clock;
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
}
