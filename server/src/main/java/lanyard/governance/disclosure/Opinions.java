package lanyard.governance.disclosure;

import java.util.List;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;

/// What health professionals said about a case. Health data is not told to its subject, and not withheld from them,
/// without one of these.
public final class Opinions {
    private final CaseDesk desk;
    private final OpinionStore store;

    Opinions(CaseDesk desk) {
        this.desk = desk;
        this.store = new OpinionStore(desk.seal());
    }

    /// Errors: `M_INVALID_PARAM` for one that will be given in the future; what [Opinion] refuses.
    public void add(Caller caller, CaseId id, Opinion opinion) {
        if (opinion.given().isAfter(Timing.day(desk.ground().clock().instant()))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "An opinion was not given in the future.");
        }
        desk.step(caller, id, Cases.WORKERS, (commit, _) -> {
            store.insert(commit.tx(), id, opinion);
            var details = Json.object()
                    .put("finding", opinion.finding().word())
                    .put("given", opinion.given().toString())
                    .put("body", opinion.body())
                    .put("registration", opinion.registration());
            return new CaseDesk.Step("case.opinion_added", "", details);
        });
    }

    /// Oldest first.
    public List<Opinion> list(CaseId id) {
        return desk.ground().database().read(tx -> store.list(tx, id));
    }
}
