package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.node.ObjectNode;

/// What was done in a case, reading included, sealed by the case's key. Owns `disclosure_log`.
final class CaseLogStore {
    private static final String LINE = "line";

    private final CaseSeal seal;

    CaseLogStore(CaseSeal seal) {
        this.seal = seal;
    }

    /// One line of it.
    record Line(int n, Instant at, UserId by, String action, String reason, ObjectNode details) {}

    /// The case is locked.
    void add(Tx tx, CaseId id, UserId by, CaseDesk.Step step, Instant now) {
        var words = Json.object().put("reason", step.reason());
        words.set("details", step.details());
        tx.update("""
                        insert into disclosure_log (case_id, n, ts, by_user, action, sealed)
                        select :id, coalesce(max(n), 0) + 1, :ts, :by, :action, :sealed
                        from disclosure_log where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("ts", now.toEpochMilli())
                .bind("by", by.value())
                .bind("action", step.action())
                .bind("sealed", seal.seal(id, LINE, words))
                .execute();
    }

    List<Line> list(Tx tx, CaseId id) {
        return tx.query("select n, ts, by_user, action, sealed from disclosure_log where case_id = :id order by n")
                .bind("id", id.value())
                .map(row -> {
                    var words = seal.open(id, LINE, row.getColumn("sealed", byte[].class));
                    return new Line(
                            row.getColumn("n", Integer.class),
                            Instant.ofEpochMilli(row.getColumn("ts", Long.class)),
                            new UserId(row.getColumn("by_user", String.class)),
                            row.getColumn("action", String.class),
                            Json.text(words, "reason"),
                            Json.objectField(words, "details"));
                })
                .list();
    }
}
