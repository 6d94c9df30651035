package lanyard.messaging.timeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import lanyard.messaging.timeline.EventLane.HeadMove;
import lanyard.messaging.timeline.TimelineEvent.Placed;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Advance;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.DeviceId;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Owns `room`, `event` and `room_state`.
final class TimelineStore {
    long nextRoom(Tx tx) {
        return tx.query("select nextval('room_nid_seq')").mapTo(Long.class).one();
    }

    void createRoom(Tx tx, RoomHead head, long createdTs) {
        tx.update("""
                        insert into room (room_nid, room_id, organization, version, created_ts)
                        values (:nid, :id, :organization, :version, :ts)
                        """)
                .bind("nid", head.nid())
                .bind("id", head.id().value())
                .bind("organization", head.organization())
                .bind("version", head.version().id())
                .bind("ts", createdTs)
                .execute();
    }

    /// Answers how many heads were where their events expected them; fewer than asked means somebody else wrote.
    int append(Tx tx, Advance advance, List<HeadMove> moves, List<EventRow> rows) {
        var query = tx.query("with " + advance.clause() + """
                        , locked as (
                            select room_nid from room where room_nid = any(:nids) order by room_nid for update),
                        move as (
                            select * from unnest(:nids, :befores, :seqs, :heads, :noticed, :slots, :poss)
                                as m(nid, before, seq, head, notices, slot, pos)),
                        moved as (
                            update room set head_seq = move.seq, head_event = move.head, notices = move.notices,
                                last_slot = move.slot, last_pos = move.pos
                            from move, locked
                            where room.room_nid = move.nid and locked.room_nid = move.nid
                                and room.head_seq = move.before
                            returning room.room_nid),
                        added as (
                            insert into event (room_nid, seq, slot, pos, event_id, type, state_key, sender, ts, notices,
                                device, txn, txn_id, relates_to, rel_type, body)
                            select * from unnest(:rooms, :eventSeqs, :eventSlots, :eventPoss, :ids, :types, :keys,
                                :senders, :times, :eventNotices, :devices, :txns, :txnIds, :relations,
                                :relationTypes, :bodies) as e(room)
                            where e.room in (select room_nid from moved))
                        select (select count(*) from advanced) as advanced, (select count(*) from moved) as moved
                        """);
        query.bindMap(advance.values());
        bindMoves(query, moves);
        bindEvents(query, rows);
        var counts = query.map((RowView row) ->
                        new Counts(row.getColumn("advanced", Integer.class), row.getColumn("moved", Integer.class)))
                .one();
        advance.check(counts.advanced());
        return counts.moved();
    }

    private record Counts(int advanced, int moved) {}

    private static void bindMoves(Query query, List<HeadMove> moves) {
        query.bind("nids", longs(moves, move -> move.before().nid()))
                .bind("befores", longs(moves, move -> move.before().seq()))
                .bind("seqs", longs(moves, move -> move.after().seq()))
                .bind(
                        "heads",
                        texts(
                                moves,
                                move -> Objects.requireNonNull(move.after().event())
                                        .value()))
                .bind("noticed", longs(moves, move -> move.after().notices()))
                .bind("slots", longs(moves, move -> move.after().last().slot()))
                .bind("poss", longs(moves, move -> move.after().last().pos()));
    }

    private static void bindEvents(Query query, List<EventRow> rows) {
        query.bind("rooms", longs(rows, row -> row.before().nid()))
                .bind("eventSeqs", longs(rows, row -> row.event().seq()))
                .bind("eventSlots", longs(rows, row -> row.event().position().slot()))
                .bind("eventPoss", longs(rows, row -> row.event().position().pos()))
                .bind("ids", texts(rows, row -> row.event().id().value()))
                .bind("types", texts(rows, row -> row.event().type()))
                .bind(
                        "keys",
                        texts(
                                rows,
                                row -> row.stateKey() == null
                                        ? null
                                        : row.stateKey().stateKey()))
                .bind("senders", texts(rows, row -> row.event().sender().value()))
                .bind("times", longs(rows, row -> row.event().timestamp()))
                .bind("eventNotices", longs(rows, row -> row.event().notices()))
                .bind(
                        "devices",
                        texts(
                                rows,
                                row -> fromOrigin(row, origin -> origin.device().value())))
                .bind(
                        "txns",
                        rows.stream().map(row -> fromOrigin(row, Origin::key)).toArray(byte[][]::new))
                .bind("txnIds", texts(rows, row -> fromOrigin(row, Origin::transaction)))
                .bind("relations", texts(rows, row -> row.relation().target()))
                .bind("relationTypes", texts(rows, row -> row.relation().type()))
                .bind("bodies", rows.stream().map(EventRow::sealedBody).toArray(byte[][]::new));
    }

    void appendState(Tx tx, List<EventRow> rows) {
        for (var row : rows) {
            var key = Objects.requireNonNull(row.stateKey());
            tx.update("""
                            with ended as (
                                update room_state set valid_to = :seq
                                where room_nid = :room and type = :type and state_key = :key and valid_to is null)
                            insert into room_state (room_nid, type, state_key, valid_from, event_id, value, notices)
                            values (:room, :type, :key, :seq, :event, :value, :notices)
                            """)
                    .bind("room", row.before().nid())
                    .bind("type", key.type())
                    .bind("key", key.stateKey())
                    .bind("seq", row.event().seq())
                    .bind("event", row.event().id().value())
                    .bind("value", row.spanValue())
                    .bind("notices", row.event().notices())
                    .execute();
        }
    }

    static RoomHead head(RowView row) {
        var event = row.getColumn("head_event", String.class);
        return new RoomHead(
                row.getColumn("room_nid", Long.class),
                new RoomId(row.getColumn("room_id", String.class)),
                RoomVersion.of(row.getColumn("version", String.class)),
                row.getColumn("organization", String.class),
                row.getColumn("head_seq", Long.class),
                event == null ? null : new EventId(event),
                row.getColumn("notices", Long.class),
                new Position(row.getColumn("last_slot", Integer.class), row.getColumn("last_pos", Long.class)));
    }

    /// The room's state just after the event at `seq`.
    List<EventRecord> listStateAt(Tx tx, long room, long seq) {
        return tx.query(STATE + """
                        where s.room_nid = :room and s.valid_from <= :seq and (s.valid_to is null or s.valid_to > :seq)
                        """)
                .bind("room", room)
                .bind("seq", seq)
                .map(TimelineStore::record)
                .list();
    }

    /// The newest event of the room that the holder of a token has seen; 0 when there is none.
    long lastSeen(Tx tx, long room, long[] positions) {
        return tx.query("""
                        select seq from event where room_nid = :room and pos <= (:positions::bigint[])[slot + 1]
                        order by seq desc limit 1
                        """)
                .bind("room", room)
                .bind("positions", positions)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    void forget(Tx tx, UserId user, RoomState room) {
        tx.update("""
                        insert into forgotten_room (user_id, room_id, seq) values (:user, :room, :seq)
                        on conflict (user_id, room_id) do update set seq = excluded.seq
                        """)
                .bind("user", user.value())
                .bind("room", room.id().value())
                .bind("seq", room.seq())
                .execute();
    }

    /// Up to `limit` events at or before `seq`, newest first.
    List<EventRecord> listBack(Tx tx, long room, long seq, int limit) {
        return tx.query(EVENTS + "where e.room_nid = :room and e.seq <= :seq order by e.seq desc limit :limit")
                .bind("room", room)
                .bind("seq", seq)
                .bind("limit", limit)
                .map(TimelineStore::record)
                .list();
    }

    /// Up to `limit` events after `seq`, oldest first.
    List<EventRecord> listForward(Tx tx, long room, long seq, int limit) {
        return tx.query(EVENTS + "where e.room_nid = :room and e.seq > :seq order by e.seq limit :limit")
                .bind("room", room)
                .bind("seq", seq)
                .bind("limit", limit)
                .map(TimelineStore::record)
                .list();
    }

    List<EventRecord> listEvents(Tx tx, List<EventId> ids) {
        return listEventsNamed(tx, ids.stream().map(EventId::value).toList());
    }

    /// `names` are what clients wrote: event ids or anything else.
    List<EventRecord> listEventsNamed(Tx tx, List<String> names) {
        return tx.query(EVENTS + "where e.event_id = any(:ids)")
                .bind("ids", texts(names, name -> name))
                .map(TimelineStore::record)
                .list();
    }

    /// Events that relate to one of `ids`: edits, replies, reactions whose relation stands outside the encrypted part.
    List<EventRecord> listRelating(Tx tx, long room, List<EventId> ids) {
        return tx.query(EVENTS + "where e.room_nid = :room and e.relates_to = any(:ids) order by e.seq limit 1000")
                .bind("room", room)
                .bind("ids", texts(ids, EventId::value))
                .map(TimelineStore::record)
                .list();
    }

    private static final String FACTS = """
            select e.room_nid, e.seq, e.slot, e.pos, e.event_id, e.notices, e.device, e.txn_id, e.body, e.pruned_ts,
                e.redacted_by, r.body as because_body, q.event_id as replaced_id, q.seq as replaced_seq,
                q.body as replaced_body, q.redacted_by as replaced_redacted_by
            from\s""";

    private static final String BESIDE = """
            e left join event r on r.event_id = e.redacted_by
                left join room_state p on e.state_key is not null and p.room_nid = e.room_nid and p.type = e.type
                    and p.state_key = e.state_key and p.valid_to = e.seq
                left join event q on q.event_id = p.event_id
            """;

    /// With what each event replaced and, if it was redacted, the redaction.
    static final String EVENTS = FACTS + "event " + BESIDE;

    /// The same of the events that `room_state s` names, each looked up by itself: `offset 0` keeps PostgreSQL from
    /// reading all that was ever said in a room to find its few.
    static final String STATE = FACTS + """
            room_state s cross join lateral (
                select * from event where room_nid = s.room_nid and seq = s.valid_from and type = s.type
                    and state_key = s.state_key offset 0)\s""" + BESIDE;

    /// The first message since a moment.
    Optional<Long> firstSince(Tx tx, long room, long ts) {
        return tx.query("""
                        select seq from event where room_nid = :room and ts >= :ts and state_key is null
                            and type in ('m.room.message', 'm.room.encrypted')
                        order by ts, seq limit 1
                        """).bind("room", room).bind("ts", ts).mapTo(Long.class).findOne();
    }

    void markRedacted(Tx tx, EventId target, EventId redaction) {
        tx.update("update event set redacted_by = :redaction where event_id = :target and redacted_by is null")
                .bind("redaction", redaction.value())
                .bind("target", target.value())
                .execute();
    }

    int prune(Tx tx, EventId event, byte[] sealedStub, long ts) {
        return tx.update("""
                        update event set body = :stub, pruned_ts = :ts, txn_id = null
                        where event_id = :event and pruned_ts is null
                        """)
                .bind("stub", sealedStub)
                .bind("ts", ts)
                .bind("event", event.value())
                .execute();
    }

    /// The rooms in which the person is something, with what they are.
    List<Membership> listMemberships(Tx tx, UserId user) {
        return tx.query("""
                        select room.room_id, s.value from room_state s join room on room.room_nid = s.room_nid
                        where s.type = 'm.room.member' and s.state_key = :user and s.valid_to is null
                            and not exists (select 1 from forgotten_room f
                                where f.user_id = :user and f.room_id = room.room_id and f.seq >= s.valid_from)
                        """)
                .bind("user", user.value())
                .map((RowView row) -> new Membership(
                        new RoomId(row.getColumn("room_id", String.class)),
                        Objects.requireNonNullElse(row.getColumn("value", String.class), "leave")))
                .list();
    }

    record Membership(RoomId room, String value) {}

    /// What a device sent lately, so that a retry after a restart is recognised.
    List<Sent> listSent(Tx tx, UserId user, DeviceId device, int limit) {
        var keys = Origin.keysOf(user, device);
        return tx.query("""
                        select txn, event_id from event
                        where txn between :least and :greatest and sender = :sender and device = :device
                        order by ts desc limit :limit
                        """)
                .bind("least", keys[0])
                .bind("greatest", keys[1])
                .bind("sender", user.value())
                .bind("device", device.value())
                .bind("limit", limit)
                .map((RowView row) -> new Sent(
                        row.getColumn("txn", byte[].class), new EventId(row.getColumn("event_id", String.class))))
                .list();
    }

    record Sent(byte[] key, EventId event) {}

    private static <T> @Nullable T fromOrigin(EventRow row, java.util.function.Function<Origin, T> field) {
        var origin = row.event().origin();
        return origin == null ? null : field.apply(origin);
    }

    private static <T> long[] longs(List<T> items, ToLongFunction<T> field) {
        return items.stream().mapToLong(field).toArray();
    }

    private static <T> @Nullable String[] texts(List<T> items, java.util.function.Function<T, @Nullable String> field) {
        return items.stream().map(field).toArray(String[]::new);
    }

    static EventRecord record(RowView row) {
        var redactedBy = row.getColumn("redacted_by", String.class);
        return new EventRecord(
                row.getColumn("room_nid", Long.class),
                new Placed(
                        row.getColumn("seq", Long.class),
                        new Position(row.getColumn("slot", Integer.class), row.getColumn("pos", Long.class)),
                        new EventId(row.getColumn("event_id", String.class)),
                        row.getColumn("notices", Long.class)),
                Objects.requireNonNull(row.getColumn("body", byte[].class)),
                row.getColumn("pruned_ts", Long.class) != null,
                row.getColumn("device", String.class),
                row.getColumn("txn_id", String.class),
                redactedBy == null ? null : new EventId(redactedBy),
                row.getColumn("because_body", byte[].class),
                replaced(row));
    }

    private static EventRecord.@Nullable Replaced replaced(RowView row) {
        var id = row.getColumn("replaced_id", String.class);
        var body = row.getColumn("replaced_body", byte[].class);
        return id == null || body == null
                ? null
                : new EventRecord.Replaced(
                        new EventId(id),
                        row.getColumn("replaced_seq", Long.class),
                        body,
                        row.getColumn("replaced_redacted_by", String.class) != null);
    }
}
