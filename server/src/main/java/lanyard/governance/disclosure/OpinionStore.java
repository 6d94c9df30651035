package lanyard.governance.disclosure;

import java.time.LocalDate;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;

/// Owns `disclosure_opinion`.
final class OpinionStore {
    private static final String OPINION = "opinion";

    private final CaseSeal seal;

    OpinionStore(CaseSeal seal) {
        this.seal = seal;
    }

    void insert(Tx tx, CaseId id, Opinion opinion) {
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
                .bind("sealed", seal.seal(id, OPINION, words))
                .execute();
    }

    List<Opinion> list(Tx tx, CaseId id) {
        return tx.query("select finding, given, sealed from disclosure_opinion where case_id = :id order by n")
                .bind("id", id.value())
                .map(row -> {
                    var words = seal.open(id, OPINION, row.getColumn("sealed", byte[].class));
                    return new Opinion(
                            Opinion.Finding.find(row.getColumn("finding", String.class))
                                    .orElseThrow(),
                            row.getColumn("given", LocalDate.class),
                            Json.text(words, "professional"),
                            Json.text(words, "body"),
                            Json.text(words, "registration"),
                            Json.text(words, "words"));
                })
                .list();
    }
}
