package lanyard.trust.identity;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;

/// Owns table `person_duty`.
final class DutyStore {
    /// Nothing for somebody who has left, is locked or is suspended.
    Set<Duty> of(Tx tx, UserId user) {
        var duties = EnumSet.noneOf(Duty.class);
        tx.query("""
                        select duty from (
                            select user_id, duty from person_duty
                            union all select user_id, 'administrator' from person where administrator
                            union all select user_id, 'help_desk' from person where help_desk) held
                        join person using (user_id)
                        where user_id = :user and kind = 'staff'
                          and ended_at is null and locked_at is null and suspended_at is null
                        """)
                .bind("user", user.value())
                .mapTo(String.class)
                .list()
                .forEach(word -> Duty.find(word).ifPresent(duties::add));
        return duties;
    }

    /// Of whom the organisation may expect it now.
    List<UserId> holders(Tx tx, String organization, Duty duty) {
        return tx.query("""
                        select person.user_id from person
                        where organization = :organization and kind = 'staff'
                          and ended_at is null and locked_at is null and suspended_at is null
                          and (exists (select 1 from person_duty held
                                       where held.user_id = person.user_id and held.duty = :duty)
                               or (:duty = 'administrator' and administrator)
                               or (:duty = 'help_desk' and help_desk))
                        order by display_name, person.user_id
                        """)
                .bind("organization", organization)
                .bind("duty", duty.word())
                .map(row -> new UserId(row.getColumn("user_id", String.class)))
                .list();
    }

    /// The organisation somebody works for now.
    Optional<String> organizationOf(Tx tx, UserId user) {
        return tx.query("""
                        select organization from person
                        where user_id = :user and kind = 'staff' and ended_at is null
                        """).bind("user", user.value()).mapTo(String.class).findOne();
    }

    /// False when they had it.
    boolean give(Tx tx, UserId user, Duty duty, UserId by, Instant now) {
        return tx.update("""
                        insert into person_duty (user_id, duty, given_by, given_at)
                        values (:user, :duty, :by, :now) on conflict do nothing
                        """)
                        .bind("user", user.value())
                        .bind("duty", duty.word())
                        .bind("by", by.value())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// False when they had it not.
    boolean take(Tx tx, UserId user, Duty duty) {
        return tx.update("delete from person_duty where user_id = :user and duty = :duty")
                        .bind("user", user.value())
                        .bind("duty", duty.word())
                        .execute()
                == 1;
    }

    void takeAll(Tx tx, UserId user) {
        tx.update("delete from person_duty where user_id = :user")
                .bind("user", user.value())
                .execute();
    }
}
