package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.trust.identity.Caller;

/// What health professionals said about a case. Health data is not told to its subject, and not withheld from them,
/// without one of these.
public final class Opinions {
    private static final String OPINION = "opinion";

    private final CaseDesk desk;

    Opinions(CaseDesk desk) {
        this.desk = desk;
    }

    /// Errors: `M_INVALID_PARAM` for one that will be given in the future; what [Opinion] refuses.
    public void add(Caller caller, CaseId id, Opinion opinion) {
        if (opinion.given().isAfter(Timing.day(desk.ground().clock().instant()))) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "An opinion was not given in the future.");
        }
        desk.step(caller, id, Cases.WORKERS, (commit, _) -> {
            insert(commit.tx(), id, opinion);
            var details = Json.object()
                    .put("finding", opinion.finding().word())
                    .put("given", opinion.given().toString())
                    .put("body", opinion.body())
                    .put("registration", opinion.registration());
            return new CaseDesk.Step("case.opinion_added", "", details);
        });
    }

    private void insert(Tx tx, CaseId id, Opinion opinion) {
        var words = Json.object()
                .put("professional", opinion.professional())
                .put("body", opinion.body())
                .put("registration", opinion.registration())
                .put("words", opinion.words());
        tx.update("""
                        insert into disclosure_opinion (case_id, n, finding, given, sealed)
                        select :id, coalesce(max(n), 0) + 1, :finding, :given, :sealed
                        from disclosure_opinion where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("finding", opinion.finding().word())
                .bind("given", opinion.given())
                .bind("sealed", desk.seal().seal(id, OPINION, words))
                .execute();
    }

    /// Oldest first.
    public List<Opinion> list(CaseId id) {
        return desk.ground()
                .database()
                .read(tx -> tx.query(
                                "select finding, given, sealed from disclosure_opinion where case_id = :id order by n")
                        .bind("id", id.value())
                        .map(row -> {
                            var words = desk.seal().open(id, OPINION, row.getColumn("sealed", byte[].class));
                            return new Opinion(
                                    Opinion.Finding.find(row.getColumn("finding", String.class))
                                            .orElseThrow(),
                                    row.getColumn("given", LocalDate.class),
                                    Json.text(words, "professional"),
                                    Json.text(words, "body"),
                                    Json.text(words, "registration"),
                                    Json.text(words, "words"));
                        })
                        .list());
    }
}
