package lanyard.governance.custodian;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.node.ObjectNode;

/// Table `custodian_replacement`.
final class ReplacementStore {
    /// A replacement whose new shares are made and have not all been tried.
    ///
    /// @param sealed what they open, in base64, by month and `identity`
    record Pending(
            String id,
            String organization,
            Replacements.Wanted wanted,
            UserId askedBy,
            String newCeremony,
            ObjectNode sealed) {}

    private static final String COLUMNS = """
            select replacement, organization, ceremony, officer, newcomer, reason, asked_by, new_ceremony, sealed
            from custodian_replacement where ended_ts is null and
            """;

    void add(Tx tx, Pending pending, long ts) {
        tx.update("""
                insert into custodian_replacement (replacement, organization, ceremony, officer, new_ceremony, newcomer,
                    asked_by, reason, sealed, begun_ts)
                values (:id, :organization, :ceremony, :officer, :new, :newcomer, :by, :reason, :sealed, :ts)
                """)
                .bind("id", pending.id())
                .bind("organization", pending.organization())
                .bind("ceremony", pending.wanted().ceremony())
                .bind("officer", pending.wanted().officer())
                .bind("new", pending.newCeremony())
                .bind("newcomer", pending.wanted().newcomer().value())
                .bind("by", pending.askedBy().value())
                .bind("reason", pending.wanted().reason())
                .bind("sealed", Json.bytes(pending.sealed()))
                .bind("ts", ts)
                .execute();
    }

    List<Pending> list(Tx tx, String organization) {
        return tx.query(COLUMNS + " organization = :organization order by begun_ts")
                .bind("organization", organization)
                .map(ReplacementStore::pending)
                .list();
    }

    Optional<Pending> find(Tx tx, String id) {
        return tx.query(COLUMNS + " replacement = :id")
                .bind("id", id)
                .map(ReplacementStore::pending)
                .findOne();
    }

    void end(Tx tx, String id, String outcome, long ts) {
        tx.update("""
                update custodian_replacement set sealed = null, ended_ts = :ts, outcome = :outcome
                where replacement = :id and ended_ts is null
                """).bind("ts", ts).bind("outcome", outcome).bind("id", id).execute();
    }

    private static Pending pending(RowView row) {
        var wanted = new Replacements.Wanted(
                row.getColumn("ceremony", String.class),
                row.getColumn("officer", Integer.class),
                new UserId(row.getColumn("newcomer", String.class)),
                row.getColumn("reason", String.class));
        byte[] sealed = Objects.requireNonNull(row.getColumn("sealed", byte[].class));
        return new Pending(
                row.getColumn("replacement", String.class),
                row.getColumn("organization", String.class),
                wanted,
                new UserId(row.getColumn("asked_by", String.class)),
                row.getColumn("new_ceremony", String.class),
                Json.largeObject(sealed));
    }
}
