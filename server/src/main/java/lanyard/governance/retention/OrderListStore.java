package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Table `disposal_order`, as the list outside the database knows it, and what of `file_order` a restored one waits
/// for.
final class OrderListStore {
    /// Marked or ended since the list was last written.
    List<Order> listUnlisted(Tx tx, int most) {
        return tx.query(OrderStore.COLUMNS + "where not listed order by marked_ts, order_id limit :most")
                .bind("most", most)
                .map(OrderStore::order)
                .list();
    }

    /// The list has it as it was read.
    void listed(Tx tx, Order order) {
        tx.update(
                        "update disposal_order set listed = true where order_id = :id and (state = :state or state = 'destroying')")
                .bind("id", order.id())
                .bind("state", order.state().word())
                .execute();
    }

    /// As the list has it, in a database that is older. False when another disposal of the room is open, which cannot
    /// be ended for it.
    boolean makeAgain(Tx tx, Order order, Instant now) {
        return tx.update("""
                        insert into disposal_order (order_id, organization, room_id, up_to_ts, policy_version, marked_ts,
                            destroy_from_ts, state, at_seq, events, first_ts, last_ts, lines_sha256, kept_held,
                            kept_awaited, ended_by, ended_ts, reason, again_ts, listed)
                        select :id, :organization, :room, :upTo, :version, :marked, :from, :state, :at, :events,
                            cast(:first as bigint), cast(:last as bigint), :chain, :held, :awaited,
                            cast(:by as text), cast(:ended as bigint), cast(:reason as text), :now, true
                        where :state in ('destroyed', 'called_off') or not exists (
                            select 1 from disposal_order
                            where room_id = :room and state in ('marked', 'destroying') and order_id <> :id)
                        on conflict (order_id) do update
                        set state = excluded.state, at_seq = excluded.at_seq, events = excluded.events,
                            first_ts = excluded.first_ts, last_ts = excluded.last_ts,
                            lines_sha256 = excluded.lines_sha256, kept_held = excluded.kept_held,
                            kept_awaited = excluded.kept_awaited, ended_by = excluded.ended_by,
                            ended_ts = excluded.ended_ts, reason = excluded.reason, again_ts = excluded.again_ts,
                            listed = true
                        """)
                        .bind("id", order.id())
                        .bind("organization", order.organization())
                        .bind("room", order.room().value())
                        .bind("upTo", order.upTo().toEpochMilli())
                        .bind("version", order.policyVersion())
                        .bind("marked", order.marked().toEpochMilli())
                        .bind("from", order.destroyFrom().toEpochMilli())
                        .bind("state", order.state().word())
                        .bind("at", order.atSeq())
                        .bind("events", order.events())
                        .bind("first", order.firstTs())
                        .bind("last", order.lastTs())
                        .bind("chain", order.chain())
                        .bind("held", order.keptHeld())
                        .bind("awaited", order.keptAwaited())
                        .bind("by", order.endedBy())
                        .bind("ended", order.endedTs())
                        .bind("reason", order.reason())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    /// Organisations that have open disposals.
    List<String> listOrganizations(Tx tx) {
        return tx.query("""
                        select organization from disposal_order where state in ('marked', 'destroying')
                        union select organization from file_order where state in ('marked', 'destroying')
                        """)
                .map((RowView row) -> Objects.requireNonNull(row.getColumn("organization", String.class)))
                .list();
    }

    /// Nothing that is open goes before then.
    void notBefore(Tx tx, String organization, Instant from) {
        for (var statement : List.of("""
                        update disposal_order set destroy_from_ts = greatest(destroy_from_ts, :from)
                        where organization = :organization and state in ('marked', 'destroying')
                        """, """
                        update file_order set destroy_from_ts = greatest(destroy_from_ts, :from)
                        where organization = :organization and state in ('marked', 'destroying')
                        """)) {
            tx.update(statement)
                    .bind("from", from.toEpochMilli())
                    .bind("organization", organization)
                    .execute();
        }
    }
}
