package lanyard.messaging.timeline;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Table `event` as retention destroys it: a fixed number of statements for any number of messages.
final class ExpiringStore {
    private static final String COLUMNS =
            "select e.seq, e.event_id, e.sender, e.ts, e.relates_to, e.body from event e ";
    private static final String SAYING = "where e.room_nid = :room and e.state_key is null and e.pruned_ts is null ";
    private static final String MAY_GO = """
            and not e.event_id = any(:spared)
            and (e.relates_to is null or not e.relates_to = any(:spared))
            and not exists (
                select from unnest(:froms, :tos) as held (since, until) where e.ts between held.since and held.until)
            """;
    /// Where something is held: a message and all its edits are kept together, since some without the others say
    /// something else. Looked up one by one, whatever PostgreSQL believes of the room.
    private static final String TOGETHER = """
            and not coalesce((
                select bool_or(said.ts between held.since and held.until)
                from event said, unnest(:froms, :tos) as held (since, until)
                where e.rel_type = 'm.replace' and said.room_nid = e.room_nid and said.event_id = e.relates_to), false)
            and not coalesce((
                select bool_or(edit.ts between held.since and held.until)
                from event edit, unnest(:froms, :tos) as held (since, until)
                where edit.room_nid = e.room_nid and edit.rel_type = 'm.replace'
                    and edit.relates_to = case when e.rel_type = 'm.replace' then e.relates_to else e.event_id end),
                false)
            """;

    private static String mayGo(Expiring.Wish wish) {
        return wish.kept().isEmpty() ? MAY_GO : MAY_GO + TOGETHER;
    }

    record Row(
            long seq,
            EventId id,
            String sender,
            long ts,
            @Nullable String relatesTo,
            byte[] body) {}

    record Stubs(long[] seqs, byte[][] bodies) {}

    /// Events of a room after the `from`th, to the `to`th.
    record Stretch(long from, long to) {}

    List<Row> list(Tx tx, long room, Expiring.Wish wish, Stretch stretch) {
        var query = tx.query(COLUMNS + SAYING + "and e.seq > :from and e.seq <= :to and e.ts <= :upTo " + mayGo(wish)
                        + "order by e.seq limit :most for update skip locked")
                .bind("room", room)
                .bind("from", stretch.from())
                .bind("to", stretch.to())
                .bind("upTo", wish.upTo().toEpochMilli())
                .bind("most", wish.most());
        return bound(query, wish).map(ExpiringStore::row).list();
    }

    boolean exists(Tx tx, long room, Expiring.Wish wish) {
        var query = tx.query("select exists (select from event e " + SAYING + "and e.seq > :after and e.ts <= :upTo "
                        + mayGo(wish) + ")")
                .bind("room", room)
                .bind("after", wish.after())
                .bind("upTo", wish.upTo().toEpochMilli());
        return bound(query, wish).mapTo(Boolean.class).one();
    }

    List<Row> listEdits(Tx tx, long room, Expiring.Wish wish, String relation, Collection<String> originals) {
        var query = tx.query(COLUMNS + SAYING + "and e.relates_to = any(:originals) and e.rel_type = :relation "
                        + mayGo(wish) + "order by e.seq for update skip locked")
                .bind("room", room)
                .bind("originals", originals.toArray(String[]::new))
                .bind("relation", relation);
        return bound(query, wish).map(ExpiringStore::row).list();
    }

    private static Query bound(Query query, Expiring.Wish wish) {
        return query.bind("spared", wish.spared().stream().map(EventId::value).toArray(String[]::new))
                .bind(
                        "froms",
                        wish.kept().stream().mapToLong(Expiring.Kept::from).toArray())
                .bind("tos", wish.kept().stream().mapToLong(Expiring.Kept::to).toArray());
    }

    /// Each time is looked up by itself, whatever PostgreSQL believes of the room: retention asks at each of its steps.
    static final String SAID = """
            select distinct e.event_id
            from unnest(:senders, :froms, :tos) as said (sender, since, until)
            cross join lateral (
                select e.event_id from event e
                where e.room_nid = :room and e.state_key is null and e.pruned_ts is null
                    and e.type in ('m.room.message', 'm.room.encrypted')
                    and e.ts between said.since and said.until and e.sender = said.sender
                offset 0) as e
            """;

    List<EventId> listSaid(Tx tx, long room, List<Expiring.Said> said) {
        return tx
                .query(SAID)
                .bind("room", room)
                .bind("senders", said.stream().map(one -> one.sender().value()).toArray(String[]::new))
                .bind("froms", said.stream().mapToLong(Expiring.Said::from).toArray())
                .bind("tos", said.stream().mapToLong(Expiring.Said::to).toArray())
                .mapTo(String.class)
                .list()
                .stream()
                .map(EventId::new)
                .toList();
    }

    List<Row> listAt(Tx tx, long room, long[] seqs) {
        return tx.query(COLUMNS + "where e.room_nid = :room and e.pruned_ts is null and e.seq = any(:seqs) for update")
                .bind("room", room)
                .bind("seqs", seqs)
                .map(ExpiringStore::row)
                .list();
    }

    String type(Tx tx, long room, long seq) {
        return tx.query("select type from event where room_nid = :room and seq = :seq")
                .bind("room", room)
                .bind("seq", seq)
                .mapTo(String.class)
                .one();
    }

    private static Row row(RowView row) {
        return new Row(
                row.getColumn("seq", Long.class),
                new EventId(row.getColumn("event_id", String.class)),
                Objects.requireNonNull(row.getColumn("sender", String.class)),
                row.getColumn("ts", Long.class),
                row.getColumn("relates_to", String.class),
                Objects.requireNonNull(row.getColumn("body", byte[].class)));
    }

    /// Names the places twice, so that PostgreSQL never reads the room to find them, whatever it believes of its size.
    static final String PRUNE = """
            update event set body = stub.body, pruned_ts = :now, txn_id = null
            from unnest(:seqs, :bodies) as stub (seq, body)
            where event.room_nid = :room and event.seq = any(:seqs) and event.seq = stub.seq
                and event.pruned_ts is null
            """;

    void prune(Tx tx, long room, Stubs stubs, long now) {
        tx.update(PRUNE)
                .bind("now", now)
                .bind("seqs", stubs.seqs())
                .bind("bodies", stubs.bodies())
                .bind("room", room)
                .execute();
    }

    Expiring.Left countLeft(Tx tx, long room, long upTo, List<Expiring.Kept> spans) {
        return tx.query("""
                        select count(*) as every,
                            count(*) filter (where exists (
                                select from unnest(:froms, :tos) as held (since, until)
                                where e.ts between held.since and held.until)) as kept
                        from event e
                        """ + SAYING + "and e.ts <= :upTo")
                .bind("room", room)
                .bind("upTo", upTo)
                .bind("froms", spans.stream().mapToLong(Expiring.Kept::from).toArray())
                .bind("tos", spans.stream().mapToLong(Expiring.Kept::to).toArray())
                .map((RowView row) ->
                        new Expiring.Left(row.getColumn("every", Long.class), row.getColumn("kept", Long.class)))
                .one();
    }

    long countAmong(Tx tx, long room, long upTo, Collection<EventId> among) {
        return tx.query("select count(*) from event e " + SAYING + "and e.ts <= :upTo and e.event_id = any(:among)")
                .bind("room", room)
                .bind("upTo", upTo)
                .bind("among", among.stream().map(EventId::value).toArray(String[]::new))
                .mapTo(Long.class)
                .one();
    }

    Optional<Long> vacuumed(Tx tx) {
        return tx.query("""
                        select (extract(epoch from greatest(last_vacuum, last_autovacuum)) * 1000)::bigint
                        from pg_stat_user_tables where relname = 'event'
                        """).mapTo(Long.class).findOne();
    }

    Optional<Long> oldest(Tx tx, long room) {
        return tx.query("select e.ts from event e " + SAYING + "order by e.seq limit 1")
                .bind("room", room)
                .mapTo(Long.class)
                .findOne();
    }
}
