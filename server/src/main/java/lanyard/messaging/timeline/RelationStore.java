package lanyard.messaging.timeline;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Events about events. A redacted event is about nothing any more.
final class RelationStore {
    /// What one reader may see of one room.
    record Sight(long room, List<Range> visible) {}

    private static final String VISIBLE =
            " and exists (select 1 from unnest(:froms, :tos) as v(low, high) where e.seq between v.low and v.high) ";

    private static Query bind(Query query, Sight sight) {
        return query.bind("room", sight.room())
                .bind("froms", Range.starts(sight.visible()))
                .bind("tos", Range.ends(sight.visible()));
    }

    /// Those of `events` that another event is about.
    Set<EventId> listRelated(Tx tx, long room, List<EventId> events) {
        return tx
                .query("""
                        select distinct relates_to from event
                        where room_nid = :room and relates_to = any(:events) and rel_type is not null
                        """)
                .bind("room", room)
                .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                .mapTo(String.class)
                .list()
                .stream()
                .map(EventId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Which relating events are asked for: about `target`, of a relation and an event type if these are given, from
    /// the gap `from` on, `depth` relations deep.
    record Ask(
            EventId target,
            @Nullable String relation,
            @Nullable String type,
            int depth,
            boolean back,
            long from) {}

    List<EventRecord> listRelations(Tx tx, Sight sight, Ask ask, int limit) {
        var page = ask.back()
                ? "and e.seq <= :from order by e.seq desc limit :limit"
                : "and e.seq > :from order by e.seq limit :limit";
        return bind(tx.query("""
                                with recursive about as (
                                    select e.seq, e.event_id, 1 as depth from event e
                                    where e.room_nid = :room and e.relates_to = :target and e.rel_type is not null
                                    union
                                    select e.seq, e.event_id, about.depth + 1 from event e
                                    join about on e.relates_to = about.event_id and about.depth < :depth
                                    where e.room_nid = :room and e.rel_type is not null)
                                """ + TimelineStore.EVENTS + """
                                where e.room_nid = :room and e.redacted_by is null
                                    and e.seq in (select seq from about)
                                    and (:relation::text is null or e.rel_type = :relation)
                                    and (:type::text is null or e.type = :type)
                                """ + VISIBLE + page), sight)
                .bind("target", ask.target().value())
                .bind("depth", ask.depth())
                .bind("relation", ask.relation())
                .bind("type", ask.type())
                .bind("from", ask.from())
                .bind("limit", limit)
                .map(TimelineStore::record)
                .list();
    }

    /// A thread: its root, and the place of its newest event.
    record Strand(String root, long newest) {}

    /// Threads whose newest event is at or before `from`, newest first; with `participant`, only those in which that
    /// person has said something.
    List<Strand> listThreads(Tx tx, Sight sight, @Nullable UserId participant, long from, int limit) {
        return bind(tx.query("""
                                select e.relates_to, max(e.seq) as newest from event e
                                where e.room_nid = :room and e.rel_type = 'm.thread' and e.redacted_by is null
                                """ + VISIBLE + """
                                group by e.relates_to
                                having max(e.seq) <= :from and (:participant::text is null
                                    or bool_or(e.sender = :participant)
                                    or exists (select 1 from event r where r.event_id = e.relates_to
                                        and r.room_nid = :room and r.sender = :participant))
                                order by newest desc limit :limit
                                """), sight)
                .bind("participant", participant == null ? null : participant.value())
                .bind("from", from)
                .bind("limit", limit)
                .map((RowView row) ->
                        new Strand(row.getColumn("relates_to", String.class), row.getColumn("newest", Long.class)))
                .list();
    }

    /// For each of `events` that was edited, the newest edit: by the same sender, of the same type, and neither of an
    /// edit nor of a state event. <https://spec.matrix.org/v1.18/client-server-api/#validity-of-replacement-events>
    List<EventRecord> listEdits(Tx tx, Sight sight, List<EventId> events) {
        return bind(
                        tx.query("""
                                with newest as (
                                    select distinct on (e.relates_to) e.seq
                                    from event e join event o on o.event_id = e.relates_to and o.room_nid = e.room_nid
                                    where e.room_nid = :room and e.relates_to = any(:events)
                                        and e.rel_type = 'm.replace' and o.rel_type is distinct from 'm.replace'
                                        and e.redacted_by is null and o.redacted_by is null
                                        and e.state_key is null and o.state_key is null
                                        and e.sender = o.sender and e.type = o.type
                                """ + VISIBLE + "order by e.relates_to, e.ts desc, e.event_id desc) "
                                + TimelineStore.EVENTS
                                + "where e.room_nid = :room and e.seq in (select seq from newest)"),
                        sight)
                .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                .map(TimelineStore::record)
                .list();
    }

    record Summary(String root, long count, long newest, boolean participated) {}

    List<Summary> listSummaries(Tx tx, Sight sight, UserId reader, List<EventId> roots) {
        return bind(tx.query("""
                                select e.relates_to, count(*) as replies, max(e.seq) as newest,
                                    bool_or(e.sender = :reader) as participated
                                from event e
                                where e.room_nid = :room and e.relates_to = any(:roots) and e.rel_type = 'm.thread'
                                    and e.redacted_by is null
                                """ + VISIBLE + "group by e.relates_to"), sight)
                .bind("reader", reader.value())
                .bind("roots", roots.stream().map(EventId::value).toArray(String[]::new))
                .map((RowView row) -> new Summary(
                        row.getColumn("relates_to", String.class),
                        row.getColumn("replies", Long.class),
                        row.getColumn("newest", Long.class),
                        row.getColumn("participated", Boolean.class)))
                .list();
    }

    record Reference(String target, EventId event) {}

    List<Reference> listReferences(Tx tx, Sight sight, List<EventId> targets, int limit) {
        return bind(tx.query("""
                                select e.relates_to, e.event_id from event e
                                where e.room_nid = :room and e.relates_to = any(:targets)
                                    and e.rel_type = 'm.reference' and e.redacted_by is null
                                """ + VISIBLE + "order by e.seq limit :limit"), sight)
                .bind("targets", targets.stream().map(EventId::value).toArray(String[]::new))
                .bind("limit", limit)
                .map((RowView row) -> new Reference(
                        row.getColumn("relates_to", String.class),
                        new EventId(row.getColumn("event_id", String.class))))
                .list();
    }

    /// Which of `events` somebody's events are about, by relation types and senders (none of which means any).
    Set<EventId> listRelatedBy(Tx tx, Sight sight, List<EventId> events, EventFilter filter) {
        return bind(tx.query("""
                                select distinct e.relates_to from event e
                                where e.room_nid = :room and e.relates_to = any(:events) and e.rel_type is not null
                                    and e.redacted_by is null
                                    and (cardinality(:types) = 0 or e.rel_type = any(:types))
                                    and (cardinality(:senders) = 0 or e.sender = any(:senders))
                                """ + VISIBLE), sight)
                .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                .bind("types", filter.relatedByTypes().toArray(String[]::new))
                .bind("senders", filter.relatedBySenders().toArray(String[]::new))
                .mapTo(String.class)
                .list()
                .stream()
                .map(EventId::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    List<EventRecord> listAt(Tx tx, long room, List<Long> seqs) {
        return tx.query(TimelineStore.EVENTS + "where e.room_nid = :room and e.seq = any(:seqs)")
                .bind("room", room)
                .bind("seqs", seqs.stream().mapToLong(seq -> seq).toArray())
                .map(TimelineStore::record)
                .list();
    }

    /// When the event in that place was sent.
    long timestampAt(Tx tx, long room, long seq) {
        return tx.query("select ts from event where room_nid = :room and seq = :seq")
                .bind("room", room)
                .bind("seq", seq)
                .mapTo(Long.class)
                .one();
    }

    record Found(EventId event, long ts) {}

    /// The first visible event at or after `seq`, or with `back` the last one at or before it.
    Optional<Found> findNear(Tx tx, Sight sight, long seq, boolean back) {
        var page = back ? "and e.seq <= :seq order by e.seq desc limit 1" : "and e.seq >= :seq order by e.seq limit 1";
        return bind(tx.query("select e.event_id, e.ts from event e where e.room_nid = :room" + VISIBLE + page), sight)
                .bind("seq", seq)
                .map((RowView row) -> new Found(
                        new EventId(Objects.requireNonNull(row.getColumn("event_id", String.class))),
                        row.getColumn("ts", Long.class)))
                .findOne();
    }
}
