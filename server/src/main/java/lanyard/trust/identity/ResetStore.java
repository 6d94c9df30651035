package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns table `factor_reset`.
final class ResetStore {
    void put(Tx tx, Resets.Asked asked) {
        tx.update("""
                        insert into factor_reset (user_id, asking, asked_by, identity_check, asked_at)
                        values (:user, :asking, :by, :check, :at)
                        on conflict (user_id) do update
                        set asking = :asking, asked_by = :by, identity_check = :check, asked_at = :at
                        """)
                .bind("user", asked.user().value())
                .bind("asking", asked.asking())
                .bind("by", asked.by().value())
                .bind("check", asked.check())
                .bind("at", asked.at())
                .execute();
    }

    Optional<Resets.Asked> find(Tx tx, UserId user, Instant since) {
        return tx.query("""
                        select user_id, asking, asked_by, identity_check, asked_at from factor_reset
                        where user_id = :user and asked_at > :since
                        """)
                .bind("user", user.value())
                .bind("since", since)
                .map(ResetStore::asked)
                .findOne();
    }

    /// Of the organisation, the oldest first.
    List<Resets.Asked> list(Tx tx, String organization, Instant since) {
        return tx.query("""
                        select r.user_id, r.asking, r.asked_by, r.identity_check, r.asked_at
                        from factor_reset r join person p on p.user_id = r.user_id
                        where p.organization = :organization and r.asked_at > :since
                        order by r.asked_at limit 1000
                        """)
                .bind("organization", organization)
                .bind("since", since)
                .map(ResetStore::asked)
                .list();
    }

    boolean delete(Tx tx, UserId user) {
        return tx.update("delete from factor_reset where user_id = :user")
                        .bind("user", user.value())
                        .execute()
                == 1;
    }

    void sweep(Tx tx, Instant before) {
        tx.update("delete from factor_reset where asked_at <= :before")
                .bind("before", before)
                .execute();
    }

    private static Resets.Asked asked(RowView row) {
        return new Resets.Asked(
                new UserId(row.getColumn("user_id", String.class)),
                row.getColumn("asking", String.class),
                new UserId(row.getColumn("asked_by", String.class)),
                row.getColumn("identity_check", String.class),
                row.getColumn("asked_at", Instant.class));
    }
}
