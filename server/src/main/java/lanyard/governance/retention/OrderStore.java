package lanyard.governance.retention;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.Audit;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.audit.AuditPlace;
import org.jdbi.v3.core.result.RowView;

/// Owns the tables `disposal_order` and `disposal_step`.
final class OrderStore {
    static final String COLUMNS = """
            select order_id, organization, room_id, up_to_ts, policy_version, marked_ts, destroy_from_ts, state, at_seq,
                events, first_ts, last_ts, lines_sha256, kept_held, kept_awaited, ended_by, ended_ts, reason
            from disposal_order
            """;

    /// Events of a room that one transaction destroyed.
    record Step(String id, String order, RoomId room, long[] seqs, long ts) {}

    /// The audit entry of a disposal, and where it is.
    record Leaf(String action, AuditPlace place) {
        static Leaf of(Audit audit, Commit commit, AuditEntry entry) {
            return new Leaf(entry.action(), audit.recordForProof(commit, entry));
        }
    }

    void mark(Tx tx, Order order) {
        tx.update("""
                        insert into disposal_order (order_id, organization, room_id, up_to_ts, policy_version, marked_ts,
                            destroy_from_ts, state, lines_sha256)
                        values (:id, :organization, :room, :upTo, :version, :marked, :from, 'marked', :chain)
                        """)
                .bind("id", order.id())
                .bind("organization", order.organization())
                .bind("room", order.room().value())
                .bind("upTo", order.upTo().toEpochMilli())
                .bind("version", order.policyVersion())
                .bind("marked", order.marked().toEpochMilli())
                .bind("from", order.destroyFrom().toEpochMilli())
                .bind("chain", order.chain())
                .execute();
    }

    Optional<Order> findOpen(Tx tx, RoomId room) {
        return tx.query(COLUMNS + "where room_id = :room and state in ('marked', 'destroying')")
                .bind("room", room.value())
                .map(OrderStore::order)
                .findOne();
    }

    Optional<Order> find(Tx tx, String id) {
        return tx.query(COLUMNS + "where order_id = :id")
                .bind("id", id)
                .map(OrderStore::order)
                .findOne();
    }

    /// Locked until the transaction ends.
    Optional<Order> lock(Tx tx, String id) {
        return tx.query(COLUMNS + "where order_id = :id for update")
                .bind("id", id)
                .map(OrderStore::order)
                .findOne();
    }

    /// Whose window to call them off is over, the oldest first.
    List<String> listDue(Tx tx, Instant now, int most) {
        return tx.query("""
                        select order_id from disposal_order
                        where state in ('marked', 'destroying') and destroy_from_ts <= :now
                        order by destroy_from_ts, order_id limit :most
                        """)
                .bind("now", now.toEpochMilli())
                .bind("most", most)
                .mapTo(String.class)
                .list();
    }

    /// The newest first.
    List<Order> list(Tx tx, String organization, int most) {
        return tx.query(COLUMNS + "where organization = :organization order by marked_ts desc, order_id limit :most")
                .bind("organization", organization)
                .bind("most", most)
                .map(OrderStore::order)
                .list();
    }

    /// Those that were carried out, the last first.
    List<Order> listDestroyed(Tx tx, String organization, int most) {
        return tx.query(COLUMNS + """
                        where organization = :organization and state = 'destroyed'
                        order by ended_ts desc, order_id limit :most
                        """)
                .bind("organization", organization)
                .bind("most", most)
                .map(OrderStore::order)
                .list();
    }

    List<Order> listOf(Tx tx, RoomId room, int most) {
        return tx.query(COLUMNS + "where room_id = :room order by marked_ts desc, order_id limit :most")
                .bind("room", room.value())
                .bind("most", most)
                .map(OrderStore::order)
                .list();
    }

    void advance(Tx tx, Order order) {
        tx.update("""
                        update disposal_order
                        set state = :state, at_seq = :at, events = :events, first_ts = :first, last_ts = :last,
                            lines_sha256 = :chain, kept_held = :held, kept_awaited = :awaited, ended_by = :by,
                            ended_ts = :ended, reason = :reason,
                            listed = listed and (state = :state or :state = 'destroying')
                        where order_id = :id
                        """)
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
                .bind("id", order.id())
                .execute();
    }

    /// The audit leaf of its mark, or of its end.
    void proved(Tx tx, String id, Leaf leaf) {
        tx.update("""
                        update disposal_order set audit_action = :action, audit_slot = :slot, audit_index = :index
                        where order_id = :id
                        """)
                .bind("action", leaf.action())
                .bind("slot", leaf.place().slot())
                .bind("index", leaf.place().index())
                .bind("id", id)
                .execute();
    }

    /// Where the audit leaf is, and when the order was made again after a backup was restored.
    record Stamp(Optional<Leaf> leaf, Optional<Instant> again) {}

    Stamp stamp(Tx tx, String id) {
        return tx.query("""
                        select audit_action, audit_slot, audit_index, again_ts from disposal_order where order_id = :id
                        """).bind("id", id).map(OrderStore::stampOf).one();
    }

    static Stamp stampOf(RowView row) {
        return new Stamp(
                Optional.ofNullable(row.getColumn("audit_action", String.class))
                        .map(action -> new Leaf(
                                action,
                                new AuditPlace(
                                        row.getColumn("audit_slot", Integer.class),
                                        row.getColumn("audit_index", Long.class)))),
                Optional.ofNullable(row.getColumn("again_ts", Long.class)).map(Instant::ofEpochMilli));
    }

    void addStep(Tx tx, Step step, boolean listed) {
        tx.update("""
                        insert into disposal_step (step_id, order_id, room_id, seqs, ts, listed)
                        values (:id, :order, :room, :seqs, :ts, :listed)
                        """)
                .bind("id", step.id())
                .bind("order", step.order())
                .bind("room", step.room().value())
                .bind("seqs", Ranges.text(step.seqs()))
                .bind("ts", step.ts())
                .bind("listed", listed)
                .execute();
    }

    List<Step> listUnlisted(Tx tx, int most) {
        return tx.query("""
                        select step_id, order_id, room_id, seqs, ts from disposal_step
                        where not listed order by ts, step_id limit :most
                        """)
                .bind("most", most)
                .map((RowView row) -> new Step(
                        Objects.requireNonNull(row.getColumn("step_id", String.class)),
                        Objects.requireNonNull(row.getColumn("order_id", String.class)),
                        new RoomId(row.getColumn("room_id", String.class)),
                        Ranges.of(Objects.requireNonNull(row.getColumn("seqs", String.class))),
                        row.getColumn("ts", Long.class)))
                .list();
    }

    void listed(Tx tx, List<Step> steps) {
        tx.update("update disposal_step set listed = true where step_id = any(:ids)")
                .bind("ids", steps.stream().map(Step::id).toArray(String[]::new))
                .execute();
    }

    /// Which of these steps were taken in this database.
    Set<String> known(Tx tx, List<Step> steps) {
        return Set.copyOf(tx.query("select step_id from disposal_step where step_id = any(:ids)")
                .bind("ids", steps.stream().map(Step::id).toArray(String[]::new))
                .mapTo(String.class)
                .list());
    }

    static Order order(RowView row) {
        return new Order(
                Objects.requireNonNull(row.getColumn("order_id", String.class)),
                Objects.requireNonNull(row.getColumn("organization", String.class)),
                new RoomId(row.getColumn("room_id", String.class)),
                Instant.ofEpochMilli(row.getColumn("up_to_ts", Long.class)),
                row.getColumn("policy_version", Integer.class),
                Instant.ofEpochMilli(row.getColumn("marked_ts", Long.class)),
                Instant.ofEpochMilli(row.getColumn("destroy_from_ts", Long.class)),
                Order.State.valueOf(Objects.requireNonNull(row.getColumn("state", String.class))
                        .toUpperCase(Locale.ROOT)),
                row.getColumn("at_seq", Long.class),
                row.getColumn("events", Long.class),
                row.getColumn("first_ts", Long.class),
                row.getColumn("last_ts", Long.class),
                Objects.requireNonNull(row.getColumn("lines_sha256", byte[].class)),
                row.getColumn("kept_held", Long.class),
                row.getColumn("kept_awaited", Long.class),
                row.getColumn("ended_by", String.class),
                row.getColumn("ended_ts", Long.class),
                row.getColumn("reason", String.class));
    }
}
