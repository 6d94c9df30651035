package lanyard.trust.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// The columns of `person` that say how somebody stands.
final class ModerationStore {
    /// Empty for service users and people who have left.
    Optional<Standing> find(Tx tx, UserId user) {
        return tx.query("""
                        select administrator, locked_at is not null as locked, suspended_at is not null as suspended
                        from person
                        where user_id = :user and kind = 'staff' and ended_at is null
                        """)
                .bind("user", user.value())
                .map(row -> new Standing(
                        row.getColumn("administrator", Boolean.class),
                        row.getColumn("locked", Boolean.class),
                        row.getColumn("suspended", Boolean.class)))
                .findOne();
    }

    /// Everybody on the list, those who have left too.
    List<StaffRecord> list(Tx tx, String organization) {
        return tx.query("""
                        select user_id, display_name, administrator, locked_at is not null as locked,
                               suspended_at is not null as suspended, ended_at is not null as ended, created_at
                        from person
                        where organization = :organization and kind = 'staff'
                        order by user_id
                        """)
                .bind("organization", organization)
                .map(row -> new StaffRecord(
                        new UserId(row.getColumn("user_id", String.class)),
                        row.getColumn("display_name", String.class),
                        new Standing(
                                row.getColumn("administrator", Boolean.class),
                                row.getColumn("locked", Boolean.class),
                                row.getColumn("suspended", Boolean.class)),
                        row.getColumn("ended", Boolean.class),
                        row.getColumn("created_at", Instant.class)))
                .list();
    }

    void appoint(Tx tx, UserId user, boolean administrator) {
        tx.update("update person set administrator = :administrator where user_id = :user")
                .bind("administrator", administrator)
                .bind("user", user.value())
                .execute();
    }

    /// Not of somebody who has left.
    boolean isHelpDesk(Tx tx, UserId user) {
        return tx.query("""
                        select exists (select 1 from person
                                       where user_id = :user and kind = 'staff' and ended_at is null and help_desk)
                        """).bind("user", user.value()).mapTo(Boolean.class).one();
    }

    void appointToHelpDesk(Tx tx, UserId user, boolean member) {
        tx.update("update person set help_desk = :member where user_id = :user")
                .bind("member", member)
                .bind("user", user.value())
                .execute();
    }

    void lock(Tx tx, UserId user, Optional<Instant> at) {
        tx.update("update person set locked_at = :at where user_id = :user")
                .bind("at", at.orElse(null))
                .bind("user", user.value())
                .execute();
    }

    void suspend(Tx tx, UserId user, Optional<Instant> at) {
        tx.update("update person set suspended_at = :at where user_id = :user")
                .bind("at", at.orElse(null))
                .bind("user", user.value())
                .execute();
    }
}
