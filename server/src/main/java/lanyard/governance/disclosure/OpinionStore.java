package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.Hashes;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Owns `disclosure_opinion` and `disclosure_opinion_asked`.
final class OpinionStore {
    private static final String OPINION = "opinion";
    private static final String ASKED = "opinion-asked";
    private static final String COVERS = "covers";

    /// What somebody is asked for an opinion on: no more of the case than that.
    record Question(UserId person, UserId by, String words, List<Shown> passages) {
        Question {
            passages = List.copyOf(passages);
        }

        /// What an answer to it covers.
        Map<EventId, String> covers() {
            var covers = new LinkedHashMap<EventId, String>();
            passages.forEach(passage -> covers.putAll(passage.covers()));
            return covers;
        }
    }

    /// A question as it stands.
    ///
    /// @param mark another one when it is asked anew, so that nobody answers what they have not been shown
    record Asked(Question question, String mark) {}

    private final CaseSeal seal;

    OpinionStore(CaseSeal seal) {
        this.seal = seal;
    }

    void insert(Tx tx, CaseId id, GivenOpinion entered) {
        var opinion = entered.opinion();
        var words = Json.object()
                .put("professional", opinion.professional())
                .put("body", opinion.body())
                .put("registration", opinion.registration())
                .put("words", opinion.words());
        put(words.putObject(COVERS), entered.covers());
        tx.update("""
                        insert into disclosure_opinion (case_id, n, finding, given, by_user, own, sealed)
                        select :id, coalesce(max(n), 0) + 1, :finding, :given, :by, :own, :sealed
                        from disclosure_opinion where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("finding", opinion.finding().word())
                .bind("given", opinion.given())
                .bind("by", entered.by())
                .bind("own", entered.own())
                .bind("sealed", seal.seal(id, OPINION, words))
                .execute();
    }

    private static void put(ObjectNode json, Map<EventId, String> covers) {
        covers.forEach((event, hash) -> json.put(event.value(), hash));
    }

    private static Map<EventId, String> covers(JsonNode json) {
        var covers = new LinkedHashMap<EventId, String>();
        json.path(COVERS)
                .properties()
                .forEach(one ->
                        covers.put(new EventId(one.getKey()), one.getValue().asString("")));
        return covers;
    }

    List<GivenOpinion> list(Tx tx, CaseId id) {
        return tx.query(
                        "select finding, given, by_user, own, sealed from disclosure_opinion where case_id = :id order by n")
                .bind("id", id.value())
                .map(row -> {
                    var words = seal.open(id, OPINION, row.getColumn("sealed", byte[].class));
                    var opinion = new Opinion(
                            Opinion.Finding.find(row.getColumn("finding", String.class))
                                    .orElseThrow(),
                            row.getColumn("given", LocalDate.class),
                            Json.text(words, "professional"),
                            Json.text(words, "body"),
                            Json.text(words, "registration"),
                            Json.text(words, "words"));
                    return new GivenOpinion(
                            opinion,
                            Objects.requireNonNull(row.getColumn("by_user", String.class)),
                            row.getColumn("own", Boolean.class),
                            covers(words));
                })
                .list();
    }

    /// Asked again: the new question stands in the old one's place.
    void ask(Tx tx, CaseId id, Question asked, Instant at) {
        var words = Json.object().put("question", asked.words());
        var passages = words.putArray("passages");
        for (var passage : asked.passages()) {
            var one = passages.addObject().put("text", passage.text());
            put(one.putObject(COVERS), passage.covers());
        }
        tx.update("""
                        insert into disclosure_opinion_asked (case_id, person, asked_by, asked_ts, sealed)
                        values (:id, :person, :by, :ts, :sealed)
                        on conflict (case_id, person) do update set asked_by = excluded.asked_by,
                            asked_ts = excluded.asked_ts, sealed = excluded.sealed, withdrawn_ts = null
                        """)
                .bind("id", id.value())
                .bind("person", asked.person().value())
                .bind("by", asked.by().value())
                .bind("ts", at.toEpochMilli())
                .bind("sealed", seal.seal(id, ASKED, words))
                .execute();
    }

    Optional<Asked> findAsked(Tx tx, CaseId id, UserId person) {
        return tx.query("""
                        select asked_by, sealed from disclosure_opinion_asked
                        where case_id = :id and person = :person and withdrawn_ts is null
                        """)
                .bind("id", id.value())
                .bind("person", person.value())
                .map(row -> {
                    var sealed = row.getColumn("sealed", byte[].class);
                    var words = seal.open(id, ASKED, sealed);
                    var passages = new ArrayList<Shown>();
                    // A question that was asked before covers were kept has texts alone.
                    Json.arrayField(words, "passages")
                            .forEach(one -> passages.add(new Shown(
                                    one.isString()
                                            ? one.asString("")
                                            : one.path("text").asString(""),
                                    covers(one))));
                    var by = new UserId(row.getColumn("asked_by", String.class));
                    var question = new Question(person, by, Json.text(words, "question"), passages);
                    return new Asked(question, HexFormat.of().formatHex(Hashes.sha256(sealed)));
                })
                .findOne();
    }

    /// In cases that are open.
    List<CaseId> listAsked(Tx tx, UserId person) {
        return tx.query("""
                        select a.case_id from disclosure_opinion_asked a
                            join disclosure_case c on c.case_id = a.case_id and c.closed_ts is null
                        where a.person = :person and a.withdrawn_ts is null order by a.asked_ts, a.case_id limit 100
                        """)
                .bind("person", person.value())
                .mapTo(String.class)
                .map(CaseId::new)
                .list();
    }

    /// Whom the case asks.
    List<UserId> listAsked(Tx tx, CaseId id) {
        return tx.query("""
                        select person from disclosure_opinion_asked where case_id = :id and withdrawn_ts is null
                        order by asked_ts, person
                        """)
                .bind("id", id.value())
                .mapTo(String.class)
                .map(UserId::new)
                .list();
    }

    void answered(Tx tx, CaseId id, UserId person) {
        tx.update("delete from disclosure_opinion_asked where case_id = :id and person = :person")
                .bind("id", id.value())
                .bind("person", person.value())
                .execute();
    }

    /// What they were shown goes; that they were asked stays, so that a late answer is told why it is not taken. False
    /// when they are not asked.
    boolean withdraw(Tx tx, CaseId id, UserId person, Instant at) {
        return tx.update("""
                        update disclosure_opinion_asked set withdrawn_ts = :at, sealed = null
                        where case_id = :id and person = :person and withdrawn_ts is null
                        """)
                        .bind("at", at.toEpochMilli())
                        .bind("id", id.value())
                        .bind("person", person.value())
                        .execute()
                == 1;
    }

    /// When the question that they were asked was withdrawn, if it was.
    Optional<Instant> withdrawn(Tx tx, CaseId id, UserId person) {
        return tx.query("""
                        select withdrawn_ts from disclosure_opinion_asked
                        where case_id = :id and person = :person and withdrawn_ts is not null
                        """)
                .bind("id", id.value())
                .bind("person", person.value())
                .mapTo(Long.class)
                .map(Instant::ofEpochMilli)
                .findOne();
    }

    /// Whether they have given their own opinion here.
    boolean hasGiven(Tx tx, CaseId id, UserId person) {
        return tx.query("""
                        select exists (select 1 from disclosure_opinion
                            where case_id = :id and by_user = :person and own)
                        """)
                .bind("id", id.value())
                .bind("person", person.value())
                .mapTo(Boolean.class)
                .one();
    }
}
