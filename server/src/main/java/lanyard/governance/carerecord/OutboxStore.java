package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// The outbox's view of the table `decision`. A claim is a later `next_attempt_ts`: whoever dies with one is overtaken
/// when it runs out. `attempts` tells a claim from a later one. `perhaps_sent` counts the times that it was given to
/// somebody who may have put it in the record: a claim counts at once, and no more when it is certain that nothing
/// went.
final class OutboxStore {
    /// A decision that this node may deliver now; `document` is sealed.
    record Claim(UUID id, String organization, RecordSink.Kind sink, int attempts, byte[] document) {}

    /// The next decision that is due and that no earlier one of the same patient waits before. A confirmation waits for
    /// what it confirms, and nothing waits for it meanwhile.
    Optional<Claim> claim(Tx tx, Instant now, Instant until) {
        return tx.query("""
                        update decision
                        set attempts = attempts + 1, perhaps_sent = perhaps_sent + 1, next_attempt_ts = :until
                        where id = (
                            select next.id
                            from decision next
                            where next.status = 'waiting' and next.next_attempt_ts <= :now
                                and not exists (
                                    select 1
                                    from decision earlier
                                    left join decision confirmed on confirmed.id = earlier.about
                                    where earlier.patient_id = next.patient_id and earlier.status = 'waiting'
                                        and earlier.line < next.line
                                        and (earlier.kind <> 'confirmation' or confirmed.acknowledged_ts is not null))
                                and (next.kind <> 'confirmation' or exists (
                                    select 1
                                    from decision confirmed
                                    where confirmed.id = next.about and confirmed.acknowledged_ts is not null))
                            order by next.next_attempt_ts, next.line
                            limit 1
                            for update skip locked)
                        returning id, organization, sink, attempts, document
                        """)
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map(OutboxStore::claim)
                .findOne();
    }

    private static Claim claim(RowView row) {
        return new Claim(
                UUID.fromString(row.getColumn("id", String.class)),
                row.getColumn("organization", String.class),
                RecordSink.Kind.of(row.getColumn("sink", String.class)),
                row.getColumn("attempts", Integer.class),
                Objects.requireNonNull(row.getColumn("document", byte[].class)));
    }

    /// The document goes here. False when the claim had run out and somebody else settled it.
    boolean acknowledge(Tx tx, Claim claim, Acknowledgement given) {
        return tx.update("""
                                update decision
                                set sink = :sink, status = :status, document = null, reason = null, reference = :reference,
                                    acknowledged_ts = :at,
                                    originals_go_ts = case when kind in ('decision', 'replacement') then :go end
                                where id = :id and status = 'waiting' and attempts = :attempts
                                """)
                        .bind("id", claim.id().toString())
                        .bind("attempts", claim.attempts())
                        .bind("sink", given.sink().word())
                        .bind("status", given.status().word())
                        .bind("reference", given.reference())
                        .bind("at", given.at().toEpochMilli())
                        .bind("go", milliseconds(given.originalsGo()))
                        .execute()
                > 0;
    }

    /// What an acknowledgement changes; `originalsGo` is null when this acknowledgement releases nothing
    record Acknowledgement(
            RecordSink.Kind sink,
            Status status,
            String reference,
            Instant at,
            @Nullable Instant originalsGo) {}

    /// Out of the outbox's hands; the document stays for whoever copies it.
    boolean handOver(Tx tx, Claim claim) {
        return tx.update("""
                                update decision
                                set sink = 'paste', status = 'to_paste', reason = null,
                                    perhaps_sent = perhaps_sent - 1
                                where id = :id and status = 'waiting' and attempts = :attempts
                                """)
                        .bind("id", claim.id().toString())
                        .bind("attempts", claim.attempts())
                        .execute()
                > 0;
    }

    /// The sealed document that somebody takes to copy it: from now on it may be in the record. Empty once somebody has
    /// said that it should never be there.
    Optional<Claim> toPaste(Tx tx, UUID id) {
        return tx.query("""
                        update decision
                        set perhaps_sent = perhaps_sent + 1
                        where id = :id and status = 'to_paste'
                            and not exists (
                                select 1
                                from decision error
                                where error.about = :id and error.kind = 'error')
                        returning id, organization, sink, attempts, document
                        """).bind("id", id.toString()).map(OutboxStore::claim).findOne();
    }

    /// A decision in a folder, as the file `name`, that nobody has said is in the record. `line` is its place among all
    /// decisions.
    record InFolder(UUID id, String organization, String name, long line) {}

    List<InFolder> listInFolder(Tx tx, long after, int most) {
        return tx.query("""
                        select id, organization, reference, line
                        from decision
                        where status = 'saved_to_folder' and line > :after
                        order by line
                        limit :most
                        """)
                .bind("after", after)
                .bind("most", most)
                .map((RowView row) -> new InFolder(
                        UUID.fromString(row.getColumn("id", String.class)),
                        row.getColumn("organization", String.class),
                        Objects.requireNonNull(row.getColumn("reference", String.class)),
                        row.getColumn("line", Long.class)))
                .list();
    }

    /// Whoever empties the folder has said where it is in the record. False when somebody had said so before.
    boolean filed(Tx tx, UUID id, Acknowledgement given) {
        return tx.update("""
                                update decision
                                set status = :status, reference = :reference, acknowledged_ts = :at, let_go = false,
                                    originals_go_ts = case when kind in ('decision', 'replacement') then :go end
                                where id = :id and status = 'saved_to_folder'
                                """)
                        .bind("id", id.toString())
                        .bind("status", given.status().word())
                        .bind("reference", given.reference())
                        .bind("at", given.at().toEpochMilli())
                        .bind("go", milliseconds(given.originalsGo()))
                        .execute()
                > 0;
    }

    private static @Nullable Long milliseconds(@Nullable Instant at) {
        return at == null ? null : (Long) at.toEpochMilli();
    }

    /// Somebody vouches for it; the document goes here, if the folder has not had it.
    void pasted(Tx tx, UUID id, UserId by, Acknowledgement given) {
        tx.update("""
                        update decision
                        set status = :status, document = null, reference = :reference, pasted_by = :by,
                            acknowledged_ts = :at, let_go = false,
                            originals_go_ts = case when kind in ('decision', 'replacement') then :go end
                        where id = :id and status in ('to_paste', 'saved_to_folder')
                        """)
                .bind("id", id.toString())
                .bind("status", given.status().word())
                .bind("reference", given.reference())
                .bind("by", by.value())
                .bind("at", given.at().toEpochMilli())
                .bind("go", milliseconds(given.originalsGo()))
                .execute();
    }

    boolean refuse(Tx tx, Claim claim, byte @Nullable [] sealedReason) {
        return tx.update("""
                                update decision
                                set status = 'refused', reason = :reason
                                where id = :id and status = 'waiting' and attempts = :attempts
                                """)
                        .bind("id", claim.id().toString())
                        .bind("attempts", claim.attempts())
                        .bind("reason", sealedReason)
                        .execute()
                > 0;
    }

    /// What became of an attempt that failed, and when the next one is.
    record Postponed(byte @Nullable [] sealedReason, boolean nothingWent, Instant next) {}

    void postpone(Tx tx, Claim claim, Postponed postponed) {
        tx.update("""
                        update decision
                        set reason = :reason, next_attempt_ts = :next, perhaps_sent = perhaps_sent - :settled
                        where id = :id and status = 'waiting' and attempts = :attempts
                        """)
                .bind("id", claim.id().toString())
                .bind("attempts", claim.attempts())
                .bind("reason", postponed.sealedReason())
                .bind("settled", postponed.nothingWent() ? 1 : 0)
                .bind("next", postponed.next().toEpochMilli())
                .execute();
    }

    /// Back into the line. False when it was not refused, or somebody has said that it should never have been sent: it
    /// would stand in the record after the mark that withdraws it.
    boolean retry(Tx tx, UUID id, Instant now) {
        return tx.update("""
                                update decision
                                set status = 'waiting', reason = null, next_attempt_ts = :now
                                where id = :id and status = 'refused'
                                    and not exists (
                                        select 1
                                        from decision error
                                        where error.about = :id and error.kind = 'error')
                                """)
                        .bind("id", id.toString())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }
}
