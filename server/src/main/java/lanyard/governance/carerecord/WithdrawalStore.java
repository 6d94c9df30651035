package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import lanyard.platform.db.Tx;

/// Table `decision`: what goes nowhere any more.
final class WithdrawalStore {
    /// With its mark, and with the confirmation that waits for it; the documents go here. False when somebody has it,
    /// or may have it.
    boolean withdraw(Tx tx, UUID id, Instant now) {
        var withdrawn = tx.update("""
                        update decision
                        set status = 'withdrawn', document = null, reason = null, withdrawn_ts = :now
                        where id = :id and kind in ('decision', 'replacement') and status in ('waiting', 'to_paste')
                            and perhaps_sent = 0
                        """)
                .bind("id", id.toString())
                .bind("now", now.toEpochMilli())
                .execute();
        if (withdrawn == 0) {
            return false;
        }
        tx.update("""
                        update decision
                        set status = 'withdrawn', document = null, reason = null, withdrawn_ts = :now
                        where about = :id and status = 'waiting'
                        """).bind("id", id.toString()).bind("now", now.toEpochMilli()).execute();
        forgetPictures(tx, id);
        return true;
    }

    /// Whether a mark waits for the decision to be where it can follow it.
    boolean isMarked(Tx tx, UUID id) {
        return tx.query("""
                        select exists (
                            select 1
                            from decision
                            where about = :id and kind = 'error' and status = 'waiting')
                        """).bind("id", id.toString()).mapTo(Boolean.class).one();
    }

    /// Those that nobody can have and a mark waits for: where they were marked in the outbox's hand.
    List<UUID> listMarked(Tx tx) {
        return tx.query("""
                        select marked.id
                        from decision marked join decision mark on mark.about = marked.id
                        where mark.kind = 'error' and mark.status = 'waiting'
                            and marked.status in ('waiting', 'to_paste') and marked.perhaps_sent = 0
                        """).mapTo(String.class).list().stream()
                .map(UUID::fromString)
                .toList();
    }

    /// As the list outside the database has it.
    void withdrawAgain(Tx tx, UUID id, Instant at) {
        tx.update("""
                        update decision
                        set status = 'withdrawn', document = null, reason = null, withdrawn_ts = :at, let_go = false
                        where id = :id
                        """).bind("id", id.toString()).bind("at", at.toEpochMilli()).execute();
        forgetPictures(tx, id);
    }

    /// Of all that is open: how many those are.
    int perhapsSent(Tx tx) {
        return tx.update("update decision set perhaps_sent = perhaps_sent + 1 where status in ('waiting', 'to_paste')")
                .execute();
    }

    private static void forgetPictures(Tx tx, UUID id) {
        tx.update("update decision_image set document = null where decision_id = :id")
                .bind("id", id.toString())
                .execute();
    }
}
