package lanyard.governance.disclosure;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanyard.governance.disclosure.Searching.Look;
import lanyard.governance.disclosure.Searching.Past;
import lanyard.governance.disclosure.Searching.What;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `disclosure_search`, `disclosure_search_room` and `disclosure_covert`.
final class SearchStore {
    private static final String SEARCH = "search";
    private static final int MOST_LISTED = 1_000;

    private final CaseSeal seal;

    SearchStore(CaseSeal seal) {
        this.seal = seal;
    }

    void insert(Tx tx, String search, Case about, Look look, Instant now) {
        var words = Json.object().put("left_out", look.leftOut()).put("why", look.why());
        look.words().forEach(words.putArray("words")::add);
        tx.update("""
                        insert into disclosure_search (search_id, case_id, organization, ts, by_user, what, hits, sealed)
                        values (:search, :id, :organization, :now, :by, :what, :hits, :sealed)
                        """)
                .bind("search", search)
                .bind("id", about.id().value())
                .bind("organization", about.organization())
                .bind("now", now.toEpochMilli())
                .bind("by", look.by().value())
                .bind("what", look.what().word())
                .bind("hits", look.hits())
                .bind("sealed", seal.seal(about.id(), SEARCH, words))
                .execute();
        tx.update("""
                        insert into disclosure_search_room (search_id, room_id, from_ts, to_ts)
                        select :search, r.room_id, r.from_ts, r.to_ts
                        from unnest(:rooms, :froms, :tos) as r(room_id, from_ts, to_ts)
                        on conflict do nothing
                        """)
                .bind("search", search)
                .bind(
                        "rooms",
                        look.spans().stream().map(span -> span.room().value()).toArray(String[]::new))
                .bind("froms", look.spans().stream().mapToLong(RoomSpan::fromTs).toArray())
                .bind("tos", look.spans().stream().mapToLong(RoomSpan::toTs).toArray())
                .execute();
    }

    void putHits(Tx tx, String search, long hits) {
        tx.update("update disclosure_search set hits = :hits where search_id = :search")
                .bind("search", search)
                .bind("hits", hits)
                .execute();
    }

    private static final String PAST =
            "select search_id, case_id, ts, by_user, what, hits, sealed from disclosure_search ";

    List<Past> list(Tx tx, CaseId id) {
        return tx.query(PAST + "where case_id = :id order by ts, search_id")
                .bind("id", id.value())
                .map(this::past)
                .list();
    }

    /// Looks into what was sealed that the data protection officer has not seen yet.
    List<Past> listUnnoticed(Tx tx, String organization) {
        return tx
                .query(PAST + """
                        where organization = :organization and what = 'content' and noticed_ts is null
                        order by ts, search_id limit :most
                        """)
                .bind("organization", organization)
                .bind("most", MOST_LISTED)
                .map(this::readable)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// Empty where the case's key is destroyed: a restored backup can bring back its row and not what it said.
    private Optional<Past> readable(RowView row) {
        try {
            return Optional.of(past(row));
        } catch (DestroyedKeyException gone) {
            return Optional.empty();
        }
    }

    private Past past(RowView row) {
        var id = new CaseId(row.getColumn("case_id", String.class));
        var words = seal.open(id, SEARCH, row.getColumn("sealed", byte[].class));
        return new Past(
                row.getColumn("search_id", String.class),
                id,
                Instant.ofEpochMilli(row.getColumn("ts", Long.class)),
                new UserId(row.getColumn("by_user", String.class)),
                What.valueOf(row.getColumn("what", String.class).toUpperCase(Locale.ROOT)),
                words.path("words").valueStream().map(one -> one.asString("")).toList(),
                row.getColumn("hits", Long.class),
                Json.text(words, "left_out"),
                Json.text(words, "why"));
    }

    /// Of which case it was; empty when it is not the organisation's or was noticed before.
    Optional<CaseId> notice(Tx tx, String organization, String search, UserId by, Instant now) {
        return tx.query("""
                        update disclosure_search set noticed_by = :by, noticed_ts = :now
                        where search_id = :search and organization = :organization and noticed_ts is null
                        returning case_id
                        """)
                .bind("search", search)
                .bind("organization", organization)
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .map(CaseId::new);
    }

    /// A time in a room that was looked at.
    record Seen(String search, RoomSpan span, Instant at, String kind, String what) {}

    /// What may be told now of looks at these rooms.
    List<Seen> listTold(Tx tx, Collection<RoomId> rooms, Instant now) {
        return tx.query("""
                        select s.search_id, r.room_id, r.from_ts, r.to_ts, s.ts, c.kind, s.what
                        from disclosure_search_room r
                            join disclosure_search s on s.search_id = r.search_id
                            join disclosure_case c on c.case_id = s.case_id
                            left join disclosure_covert q on q.case_id = s.case_id
                        where r.room_id = any(:rooms) and c.quiet_until_ts <= :now and coalesce(q.until_ts, 0) <= :now
                        order by s.ts desc, s.search_id
                        """)
                .bind("rooms", rooms.stream().map(RoomId::value).toArray(String[]::new))
                .bind("now", now.toEpochMilli())
                .map(row -> new Seen(
                        row.getColumn("search_id", String.class),
                        new RoomSpan(
                                new RoomId(row.getColumn("room_id", String.class)),
                                row.getColumn("from_ts", Long.class),
                                row.getColumn("to_ts", Long.class)),
                        Instant.ofEpochMilli(row.getColumn("ts", Long.class)),
                        row.getColumn("kind", String.class),
                        row.getColumn("what", String.class)))
                .list();
    }

    /// How far three people have come with a case of which nobody is told for a while.
    record Covert(UserId askedBy, Optional<UserId> advisedBy, Optional<Instant> until) {}

    Optional<Covert> covert(Tx tx, CaseId id) {
        return tx.query("select asked_by, advised_by, until_ts from disclosure_covert where case_id = :id")
                .bind("id", id.value())
                .map(row -> new Covert(
                        new UserId(row.getColumn("asked_by", String.class)),
                        Optional.ofNullable(row.getColumn("advised_by", String.class))
                                .map(UserId::new),
                        Optional.ofNullable(row.getColumn("until_ts", Long.class))
                                .map(Instant::ofEpochMilli)))
                .findOne();
    }

    void askCovert(Tx tx, CaseId id, UserId by, String grounds, Instant now) {
        tx.update("""
                        insert into disclosure_covert (case_id, asked_by, asked_ts, grounds)
                        values (:id, :by, :now, :grounds)
                        """)
                .bind("id", id.value())
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .bind("grounds", seal.sealText(id, "grounds", grounds))
                .execute();
    }

    void adviseCovert(Tx tx, CaseId id, UserId by, String advice, Instant now) {
        tx.update("""
                        update disclosure_covert set advised_by = :by, advised_ts = :now, advice = :advice
                        where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .bind("advice", seal.sealText(id, "advice", advice))
                .execute();
    }

    void approveCovert(Tx tx, CaseId id, UserId by, Instant now, Instant until) {
        tx.update("""
                        update disclosure_covert set approved_by = :by, approved_ts = :now, until_ts = :until
                        where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .execute();
    }
}
