package lanyard.messaging.oncall;

import java.util.List;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `on_call_role` and `on_call_shift`.
final class OnCallStore {
    List<OnCallRole> listRoles(Tx tx, String organization) {
        return tx.query("""
                        select role_id, organization, name, ward, escalates_to, lead_user from on_call_role
                        where organization = :organization and ended_ts is null
                        """)
                .bind("organization", organization)
                .map((RowView row) -> role(row))
                .list();
    }

    private static OnCallRole role(RowView row) {
        return new OnCallRole(
                row.getColumn("role_id", String.class),
                row.getColumn("organization", String.class),
                row.getColumn("name", String.class),
                row.getColumn("ward", String.class),
                Optional.ofNullable(row.getColumn("escalates_to", String.class)),
                Optional.ofNullable(row.getColumn("lead_user", String.class)).map(UserId::new));
    }

    boolean isTaken(Tx tx, OnCallRole role) {
        return tx.query("""
                        select count(*) from on_call_role
                        where organization = :organization and lower(name) = lower(:name) and ended_ts is null
                            and role_id <> :role
                        """)
                        .bind("organization", role.organization())
                        .bind("name", role.name())
                        .bind("role", role.id())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    void put(Tx tx, OnCallRole role, long now) {
        tx.update("""
                        insert into on_call_role (role_id, organization, name, ward, escalates_to, lead_user, created_ts)
                        values (:role, :organization, :name, :ward, :next, :lead, :now)
                        on conflict (role_id) do update set name = excluded.name, ward = excluded.ward,
                            escalates_to = excluded.escalates_to, lead_user = excluded.lead_user
                        """)
                .bind("role", role.id())
                .bind("organization", role.organization())
                .bind("name", role.name())
                .bind("ward", role.ward())
                .bind("next", role.escalatesTo().orElse(null))
                .bind("lead", role.lead().map(UserId::value).orElse(null))
                .bind("now", now)
                .execute();
    }

    /// Nobody is asked for it any more, and no other role goes on to it.
    void end(Tx tx, String role, long now) {
        tx.update("update on_call_role set ended_ts = :now where role_id = :role and ended_ts is null")
                .bind("role", role)
                .bind("now", now)
                .execute();
        tx.update("update on_call_role set escalates_to = null where escalates_to = :role")
                .bind("role", role)
                .execute();
    }

    /// Those that end after `since`, in the order in which they begin.
    List<Shift> listShifts(Tx tx, String organization, long since) {
        return tx.query("""
                        select on_call_shift.role_id, user_id, from_ts, until_ts, handed_over_by
                        from on_call_shift join on_call_role on on_call_role.role_id = on_call_shift.role_id
                        where organization = :organization and ended_ts is null and until_ts > :since
                        order by from_ts, shift_id
                        """)
                .bind("organization", organization)
                .bind("since", since)
                .map((RowView row) -> shift(row))
                .list();
    }

    private static Shift shift(RowView row) {
        return new Shift(
                row.getColumn("role_id", String.class),
                new UserId(row.getColumn("user_id", String.class)),
                row.getColumn("from_ts", Long.class),
                row.getColumn("until_ts", Long.class),
                Optional.ofNullable(row.getColumn("handed_over_by", String.class))
                        .map(UserId::new));
    }

    void add(Tx tx, Shift shift) {
        tx.update("""
                        insert into on_call_shift (role_id, user_id, from_ts, until_ts, handed_over_by)
                        values (:role, :user, :from, :until, :by)
                        """)
                .bind("role", shift.role())
                .bind("user", shift.user().value())
                .bind("from", shift.fromTs())
                .bind("until", shift.untilTs())
                .bind("by", shift.handedOverBy().map(UserId::value).orElse(null))
                .execute();
    }

    /// Takes out of the rota what of the role's shifts lies between two moments; what is before and after stays.
    void clear(Tx tx, String role, long from, long until) {
        var cut = tx.query("""
                        delete from on_call_shift where role_id = :role and from_ts < :until and until_ts > :from
                        returning role_id, user_id, from_ts, until_ts, handed_over_by
                        """)
                .bind("role", role)
                .bind("from", from)
                .bind("until", until)
                .map((RowView row) -> shift(row))
                .list();
        for (var shift : cut) {
            if (shift.fromTs() < from) {
                add(tx, shift.between(shift.fromTs(), from));
            }
            if (shift.untilTs() > until) {
                add(tx, shift.between(until, shift.untilTs()));
            }
        }
    }

    /// Ends the shifts that the person is in now; how long the longest of them would have gone on.
    Optional<Long> endNow(Tx tx, String role, UserId user, long now) {
        var running = tx.query("""
                        select max(until_ts) from on_call_shift
                        where role_id = :role and user_id = :user and from_ts <= :now and until_ts > :now
                        """)
                .bind("role", role)
                .bind("user", user.value())
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
        tx.update("""
                        delete from on_call_shift
                        where role_id = :role and user_id = :user and from_ts = :now and until_ts > :now
                        """)
                .bind("role", role)
                .bind("user", user.value())
                .bind("now", now)
                .execute();
        tx.update("""
                        update on_call_shift set until_ts = :now
                        where role_id = :role and user_id = :user and from_ts < :now and until_ts > :now
                        """)
                .bind("role", role)
                .bind("user", user.value())
                .bind("now", now)
                .execute();
        return running;
    }

    void sweep(Tx tx, long endedBefore) {
        tx.update("delete from on_call_shift where until_ts < :before")
                .bind("before", endedBefore)
                .execute();
    }
}
