package lanyard.trust.handset;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import lanyard.platform.db.Tx;

/// Owns table `handset_fact`.
final class FactStore {
    /// What is said again takes the place of what the same source said before.
    void put(Tx tx, String handset, Fact fact) {
        tx.update("""
                        insert into handset_fact (handset_id, fact, provenance, value, at)
                        values (:handset, :fact, :provenance, :value, :at)
                        on conflict (handset_id, fact, provenance) do update
                        set value = excluded.value, at = excluded.at
                        """)
                .bind("handset", handset)
                .bind("fact", fact.name())
                .bind("provenance", fact.provenance().word())
                .bind("value", fact.value())
                .bind("at", fact.at())
                .execute();
    }

    int count(Tx tx, String handset) {
        return tx.query("select count(*) from handset_fact where handset_id = :handset")
                .bind("handset", handset)
                .mapTo(Integer.class)
                .one();
    }

    List<Fact> list(Tx tx, String handset) {
        return tx.query("""
                        select fact, provenance, value, at from handset_fact
                        where handset_id = :handset order by fact, provenance
                        """)
                .bind("handset", handset)
                .map(row -> new Fact(
                        Objects.requireNonNull(row.getColumn("fact", String.class)),
                        Objects.requireNonNull(row.getColumn("value", String.class)),
                        Fact.Provenance.valueOf(Objects.requireNonNull(row.getColumn("provenance", String.class))
                                .toUpperCase(Locale.ROOT)),
                        Objects.requireNonNull(row.getColumn("at", Instant.class))))
                .list();
    }
}
