package lanyard.governance.disclosure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanyard.messaging.patient.PatientId;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.node.ObjectNode;

/// Owns `disclosure_case` and `disclosure_stop`.
final class CaseStore {
    private static final int MOST_LISTED = 1_000;
    private static final String WORDS = "words";
    private static final String ASKED = "asked";
    private static final String COLUMNS = """
            select case_id, organization, kind, state, received, given, acknowledged, identity, sealed, persons,
                patients, rooms, from_ts, to_ts, opened_by, opened_ts, extension_told, extension_until, asked_by,
                asked_reason, approved_by, approved_ts, spent_ts, quiet_until_ts
            from disclosure_case
            """;

    private final CaseSeal seal;

    CaseStore(CaseSeal seal) {
        this.seal = seal;
    }

    /// Where and by whom it is logged.
    record Opening(String organization, UserId by, Instant at) {}

    void insert(Tx tx, CaseId id, NewCase asked, Opening opening) {
        var scope = asked.scope();
        tx.update("""
                        insert into disclosure_case (case_id, organization, kind, state, received, given, identity, sealed,
                            persons, patients, rooms, from_ts, to_ts, opened_by, opened_ts)
                        values (:id, :organization, :kind, 'open', :received, :given, :identity, :sealed,
                            :persons, :patients, :rooms, :from, :to, :by, :now)
                        """)
                .bind("id", id.value())
                .bind("organization", opening.organization())
                .bind("kind", asked.kind().word())
                .bind("received", asked.received())
                .bind("given", asked.given().orElse(null))
                .bind(
                        "identity",
                        (asked.kind().needsIdentity() ? IdentityCheck.NEEDED : IdentityCheck.NOT_NEEDED).word())
                .bind("sealed", seal.seal(id, WORDS, words(asked)))
                .bind("persons", scope.persons().stream().map(UserId::value).toArray(String[]::new))
                .bind(
                        "patients",
                        scope.patients().stream().map(PatientId::value).toArray(String[]::new))
                .bind("rooms", scope.rooms().stream().map(RoomId::value).toArray(String[]::new))
                .bind("from", scope.fromTs())
                .bind("to", scope.toTs())
                .bind("by", opening.by().value())
                .bind("now", opening.at().toEpochMilli())
                .execute();
    }

    private static ObjectNode words(NewCase asked) {
        return Json.object()
                .put("name", asked.requester().name())
                .put("contact", asked.requester().contact())
                .put("relation", asked.requester().relation())
                .put("words", asked.requester().words())
                .put("basis", asked.legalBasis());
    }

    Optional<Case> find(Tx tx, CaseId id) {
        return tx.query(COLUMNS + "where case_id = :id")
                .bind("id", id.value())
                .map(row -> read(tx, row))
                .findOne()
                .flatMap(Function.identity());
    }

    /// Nobody else changes it or writes its log until the transaction ends.
    Optional<Case> lock(Tx tx, CaseId id) {
        return tx.query(COLUMNS + "where case_id = :id for update")
                .bind("id", id.value())
                .map(row -> read(tx, row))
                .findOne()
                .flatMap(Function.identity());
    }

    List<Case> list(Tx tx, String organization) {
        return tx
                .query(COLUMNS + "where organization = :organization order by closed_ts is not null, opened_ts desc"
                        + " limit :most")
                .bind("organization", organization)
                .bind("most", MOST_LISTED)
                .map(row -> read(tx, row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// Empty where the case's key is destroyed: a restored backup can bring back its row and not what it said.
    private Optional<Case> read(Tx tx, RowView row) {
        try {
            return Optional.of(read(tx, row, new CaseId(row.getColumn("case_id", String.class))));
        } catch (DestroyedKeyException gone) {
            return Optional.empty();
        }
    }

    private Case read(Tx tx, RowView row, CaseId id) {
        var kind = CaseKind.find(row.getColumn("kind", String.class)).orElseThrow();
        var words = seal.open(id, WORDS, row.getColumn("sealed", byte[].class));
        return new Case(
                id,
                row.getColumn("organization", String.class),
                kind,
                CaseState.of(row.getColumn("state", String.class)),
                new Requester(
                        Json.text(words, "name"),
                        Json.text(words, "contact"),
                        Json.text(words, "relation"),
                        Json.text(words, "words")),
                Json.text(words, "basis"),
                scope(row),
                IdentityCheck.of(row.getColumn("identity", String.class)),
                clock(row, kind, listStops(tx, id)),
                new UserId(row.getColumn("opened_by", String.class)),
                Instant.ofEpochMilli(row.getColumn("opened_ts", Long.class)),
                approval(id, row),
                Instant.ofEpochMilli(row.getColumn("quiet_until_ts", Long.class)));
    }

    private static CaseScope scope(RowView row) {
        return new CaseScope(
                texts(row, "persons").map(UserId::new).collect(Collectors.toSet()),
                texts(row, "patients").map(PatientId::new).collect(Collectors.toSet()),
                texts(row, "rooms").map(RoomId::new).collect(Collectors.toSet()),
                row.getColumn("from_ts", Long.class),
                row.getColumn("to_ts", Long.class));
    }

    private static Stream<String> texts(RowView row, String column) {
        return Stream.of(row.getColumn(column, String[].class));
    }

    private static Clock clock(RowView row, CaseKind kind, List<Stop> stops) {
        var extension = day(row, "extension_told").map(told -> new Extension(told, day(row, "extension_until"), ""));
        return new Clock(
                kind,
                row.getColumn("received", LocalDate.class),
                stops,
                extension,
                day(row, "given"),
                day(row, "acknowledged"));
    }

    private static Optional<LocalDate> day(RowView row, String column) {
        return Optional.ofNullable(row.getColumn(column, LocalDate.class));
    }

    private Optional<Case.Approval> approval(CaseId id, RowView row) {
        var askedBy = Optional.ofNullable(row.getColumn("asked_by", String.class));
        return askedBy.map(asked -> new Case.Approval(
                new UserId(asked),
                seal.openText(id, ASKED, row.getColumn("asked_reason", byte[].class)),
                Optional.ofNullable(row.getColumn("approved_by", String.class)).map(UserId::new),
                Optional.ofNullable(row.getColumn("approved_ts", Long.class)).map(Instant::ofEpochMilli),
                row.getColumn("spent_ts", Long.class) != null));
    }

    void ask(Tx tx, CaseId id, UserId by, String reason) {
        tx.update("""
                        update disclosure_case set state = 'asked', asked_by = :by, asked_reason = :reason,
                            approved_by = null, approved_ts = null, spent_ts = null
                        where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("by", by.value())
                .bind("reason", seal.sealText(id, ASKED, reason))
                .execute();
    }

    void approve(Tx tx, CaseId id, UserId by, Instant now) {
        tx.update("""
                        update disclosure_case set state = 'approved', approved_by = :by, approved_ts = :now
                        where case_id = :id
                        """)
                .bind("id", id.value())
                .bind("by", by.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void spend(Tx tx, CaseId id, Instant now) {
        tx.update("update disclosure_case set spent_ts = :now where case_id = :id")
                .bind("id", id.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// What was asked and agreed is void.
    void reopen(Tx tx, CaseId id) {
        tx.update("""
                        update disclosure_case set state = 'open', asked_by = null, asked_reason = null,
                            approved_by = null, approved_ts = null, spent_ts = null
                        where case_id = :id
                        """).bind("id", id.value()).execute();
    }

    void close(Tx tx, CaseId id, Instant now) {
        tx.update("update disclosure_case set state = 'closed', closed_ts = :now where case_id = :id")
                .bind("id", id.value())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void putIdentity(Tx tx, CaseId id, IdentityCheck identity) {
        tx.update("update disclosure_case set identity = :identity where case_id = :id")
                .bind("id", id.value())
                .bind("identity", identity.word())
                .execute();
    }

    void acknowledge(Tx tx, CaseId id, LocalDate day) {
        tx.update("update disclosure_case set acknowledged = :day where case_id = :id")
                .bind("id", id.value())
                .bind("day", day)
                .execute();
    }

    void extend(Tx tx, CaseId id, Extension extension) {
        tx.update("update disclosure_case set extension_told = :told, extension_until = :until where case_id = :id")
                .bind("id", id.value())
                .bind("told", extension.told())
                .bind("until", extension.until().orElse(null))
                .execute();
    }

    void quiet(Tx tx, CaseId id, Instant until) {
        tx.update("update disclosure_case set quiet_until_ts = greatest(quiet_until_ts, :until) where case_id = :id")
                .bind("id", id.value())
                .bind("until", until.toEpochMilli())
                .execute();
    }

    void stop(Tx tx, CaseId id, Stop stop) {
        tx.update("""
                        insert into disclosure_stop (case_id, why, from_day, to_day)
                        values (:id, :why, :from, null)
                        on conflict (case_id, from_day, why) do update set to_day = null
                        """)
                .bind("id", id.value())
                .bind("why", stop.why().word())
                .bind("from", stop.from())
                .execute();
    }

    void start(Tx tx, CaseId id, LocalDate day) {
        tx.update("update disclosure_stop set to_day = :day where case_id = :id and to_day is null")
                .bind("id", id.value())
                .bind("day", day)
                .execute();
    }

    private static List<Stop> listStops(Tx tx, CaseId id) {
        return tx.query("select why, from_day, to_day from disclosure_stop where case_id = :id order by from_day, why")
                .bind("id", id.value())
                .map(row -> new Stop(
                        Stop.Why.find(row.getColumn("why", String.class)).orElseThrow(),
                        row.getColumn("from_day", LocalDate.class),
                        day(row, "to_day")))
                .list();
    }
}
