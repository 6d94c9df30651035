package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Table `decision`: what the record has acknowledged or is never to have, as the list outside the database has it.
final class AcknowledgedStore {
    /// What the record said of a decision, or when it was withdrawn: then there is no reference. `originalsGo` is empty
    /// where nothing is released.
    record Given(
            UUID id,
            RecordSink.Kind sink,
            Status status,
            Optional<String> reference,
            Instant at,
            Optional<Instant> originalsGo,
            Optional<String> pastedBy) {
        boolean isWithdrawn() {
            return status == Status.WITHDRAWN;
        }
    }

    /// What is not on the list yet, or whose key is there still; the oldest first.
    List<Given> listHeld(Tx tx, int most) {
        return tx.query("""
                        select id, sink, status, reference, coalesce(acknowledged_ts, withdrawn_ts) as at_ts,
                            originals_go_ts, pasted_by
                        from decision
                        where (acknowledged_ts is not null or withdrawn_ts is not null) and not let_go
                        order by coalesce(acknowledged_ts, withdrawn_ts), id limit :most
                        """)
                .bind("most", most)
                .map((RowView row) -> new Given(
                        UUID.fromString(row.getColumn("id", String.class)),
                        RecordSink.Kind.of(row.getColumn("sink", String.class)),
                        Status.of(row.getColumn("status", String.class)),
                        Optional.ofNullable(row.getColumn("reference", String.class)),
                        Instant.ofEpochMilli(row.getColumn("at_ts", Long.class)),
                        Optional.ofNullable(row.getColumn("originals_go_ts", Long.class))
                                .map(Instant::ofEpochMilli),
                        Optional.ofNullable(row.getColumn("pasted_by", String.class))))
                .list();
    }

    void letGo(Tx tx, List<Given> given) {
        tx.update("update decision set let_go = true where id = any(:ids)")
                .bind("ids", given.stream().map(one -> one.id().toString()).toArray(String[]::new))
                .execute();
    }

    /// Those of them that this database believes open.
    Set<UUID> listOpen(Tx tx, Collection<UUID> ids) {
        return tx
                .query(
                        "select id from decision where id = any(:ids) and acknowledged_ts is null and withdrawn_ts is null")
                .bind("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .mapTo(String.class)
                .list()
                .stream()
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }

    /// The organisation of a decision that this database believes open.
    Optional<String> findOpen(Tx tx, UUID id) {
        return tx.query("""
                        select organization
                        from decision
                        where id = :id and acknowledged_ts is null and withdrawn_ts is null
                        for update
                        """).bind("id", id.toString()).mapTo(String.class).findOne();
    }

    /// As the list has it; the documents go here.
    void acknowledgeAgain(Tx tx, Given given) {
        tx.update("""
                        update decision
                        set sink = :sink, status = :status, document = null, reason = null, reference = :reference,
                            acknowledged_ts = :at, originals_go_ts = :go, pasted_by = :by, let_go = false
                        where id = :id
                        """)
                .bind("sink", given.sink().word())
                .bind("status", given.status().word())
                .bind("reference", given.reference().orElse(null))
                .bind("at", given.at().toEpochMilli())
                .bind("go", given.originalsGo().map(Instant::toEpochMilli).orElse(null))
                .bind("by", given.pastedBy().orElse(null))
                .bind("id", given.id().toString())
                .execute();
        tx.update("update decision_image set document = null where decision_id = :id")
                .bind("id", given.id().toString())
                .execute();
    }
}
