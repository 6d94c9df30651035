package lanyard.governance.carerecord;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.messaging.patient.PatientId;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/// Owns the tables `decision`, `decision_source` and `decision_query`; what the outbox and the disposal sweep ask of
/// them is in [OutboxStore] and [ReleaseStore].
final class DecisionStore {
    /// A decision as it is first written down; `document` is sealed.
    record Written(
            UUID id,
            NewDecision asked,
            String organization,
            PatientId patient,
            UserId author,
            EntryKind kind,
            Optional<ErrorReason> errorReason,
            RecordSink.Kind sink,
            Instant written,
            byte[] document,
            List<Decision.Source> sources) {}

    Optional<UUID> findByRequest(Tx tx, UserId author, String requestId) {
        return tx.query("""
                        select id
                        from decision
                        where author = :author and request_id = :request
                        """)
                .bind("author", author.value())
                .bind("request", requestId)
                .mapTo(String.class)
                .findOne()
                .map(UUID::fromString);
    }

    void insert(Tx tx, Written decision) {
        tx.update("""
                        insert into decision (id, request_id, room_id, organization, patient_id, author, decider,
                            decided_ts, written_ts, summary_event_id, sink, status, document, next_attempt_ts,
                            kind, about, error_reason, adviser)
                        values (:id, :request, :room, :organization, :patient, :author, :decider,
                            :decided, :written, :summary, :sink, 'waiting', :document, :written,
                            :kind, :about, :error, :adviser)
                        """)
                .bind("id", decision.id().toString())
                .bind("request", decision.asked().requestId())
                .bind("room", decision.asked().room().value())
                .bind("organization", decision.organization())
                .bind("patient", decision.patient().value())
                .bind("author", decision.author().value())
                .bind("decider", decision.asked().decider().value())
                .bind("decided", decision.asked().decided().toEpochMilli())
                .bind("written", decision.written().toEpochMilli())
                .bind("summary", decision.asked().summaryEvent().value())
                .bind("sink", decision.sink().word())
                .bind("document", decision.document())
                .bind("kind", decision.kind().word())
                .bind("about", decision.asked().follows().map(UUID::toString).orElse(null))
                .bind("error", decision.errorReason().map(ErrorReason::word).orElse(null))
                .bind("adviser", decision.asked().adviser().map(UserId::value).orElse(null))
                .execute();
        var place = 0;
        for (var source : decision.sources()) {
            insertSource(tx, decision.id(), place++, source);
        }
    }

    private static void insertSource(Tx tx, UUID id, int place, Decision.Source source) {
        tx.update("""
                        insert into decision_source (decision_id, place, event_id, sender, sha256)
                        values (:id, :place, :event, :sender, :sha256)
                        """)
                .bind("id", id.toString())
                .bind("place", place)
                .bind("event", source.event().value())
                .bind("sender", source.sender().value())
                .bind("sha256", source.sha256())
                .execute();
    }

    /// Without what follows them: that is in each.
    List<Decision> list(Tx tx, RoomId room) {
        var rows = tx.query("""
                        select id, room_id, organization, patient_id, kind, about, author, decider, adviser, decided_ts,
                            written_ts, confirmed_ts, summary_event_id, sink, status, reason, reference, pasted_by,
                            acknowledged_ts, originals_go_ts, overdue_ts, undelivered, awaits_file
                        from decision
                        where room_id = :room and kind in ('decision', 'replacement')
                        order by line
                        """)
                .bind("room", room.value())
                .map(DecisionStore::partial)
                .list();
        return complete(tx, rows);
    }

    Optional<Decision> find(Tx tx, UUID id) {
        var rows = tx.query("""
                        select id, room_id, organization, patient_id, kind, about, author, decider, adviser, decided_ts,
                            written_ts, confirmed_ts, summary_event_id, sink, status, reason, reference, pasted_by,
                            acknowledged_ts, originals_go_ts, overdue_ts, undelivered, awaits_file
                        from decision
                        where id = :id
                        """)
                .bind("id", id.toString())
                .map(DecisionStore::partial)
                .list();
        return complete(tx, rows).stream().findFirst();
    }

    /// Like [#find], and nobody else changes the decision, its queries or its originals until this transaction ends.
    Optional<Decision> lock(Tx tx, UUID id) {
        tx.query("""
                        select id
                        from decision
                        where id = :id
                        for update
                        """).bind("id", id.toString()).mapTo(String.class).findOne();
        return find(tx, id);
    }

    /// Keeps the originals of `events` from being disposed of until this transaction ends, if a decision cites them.
    void lockSharing(Tx tx, List<EventId> events) {
        tx.query("""
                        select id
                        from decision
                        where id in (
                            select decision_id
                            from decision_source
                            where event_id = any(:events))
                        order by id
                        for update
                        """)
                .bind("events", events.stream().map(EventId::value).toArray(String[]::new))
                .mapTo(String.class)
                .list();
    }

    private static Decision partial(RowView row) {
        var about = row.getColumn("about", String.class);
        return new Decision(
                UUID.fromString(row.getColumn("id", String.class)),
                new RoomId(row.getColumn("room_id", String.class)),
                row.getColumn("organization", String.class),
                new PatientId(row.getColumn("patient_id", String.class)),
                EntryKind.of(row.getColumn("kind", String.class)),
                about == null ? null : UUID.fromString(about),
                new UserId(row.getColumn("author", String.class)),
                new UserId(row.getColumn("decider", String.class)),
                user(row, "adviser"),
                row.getColumn("decided_ts", Long.class),
                row.getColumn("written_ts", Long.class),
                row.getColumn("confirmed_ts", Long.class),
                new EventId(row.getColumn("summary_event_id", String.class)),
                RecordSink.Kind.of(row.getColumn("sink", String.class)),
                Status.of(row.getColumn("status", String.class)),
                row.getColumn("reason", byte[].class),
                row.getColumn("reference", String.class),
                user(row, "pasted_by"),
                row.getColumn("acknowledged_ts", Long.class),
                row.getColumn("originals_go_ts", Long.class),
                row.getColumn("overdue_ts", Long.class),
                delay(row),
                List.of(),
                List.of(),
                List.of());
    }

    private static Delay delay(RowView row) {
        if (row.getColumn("awaits_file", Boolean.class)) {
            return Delay.FILE;
        }
        return row.getColumn("undelivered", Boolean.class) ? Delay.UNDELIVERED : Delay.NONE;
    }

    private static @Nullable UserId user(RowView row, String column) {
        var user = row.getColumn(column, String.class);
        return user == null ? null : new UserId(user);
    }

    private record SourceOf(String decision, Decision.Source source) {}

    private record QueryOf(String decision, UserId by) {}

    private record FollowUpOf(String decision, Decision.FollowUp followUp) {}

    private static Map<String, List<FollowUpOf>> followUps(Tx tx, String[] ids) {
        return tx
                .query("""
                        select about, id, kind, status, author, error_reason
                        from decision
                        where about = any(:ids)
                        order by line
                        """)
                .bind("ids", ids)
                .map(row -> new FollowUpOf(
                        row.getColumn("about", String.class),
                        new Decision.FollowUp(
                                UUID.fromString(row.getColumn("id", String.class)),
                                EntryKind.of(row.getColumn("kind", String.class)),
                                Status.of(row.getColumn("status", String.class)),
                                new UserId(row.getColumn("author", String.class)),
                                row.getColumn("error_reason", String.class))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(FollowUpOf::decision));
    }

    private static List<Decision> complete(Tx tx, List<Decision> decisions) {
        var ids = decisions.stream().map(decision -> decision.id().toString()).toArray(String[]::new);
        var sources = tx
                .query("""
                        select decision_id, event_id, sender, sha256
                        from decision_source
                        where decision_id = any(:ids)
                        order by decision_id, place
                        """)
                .bind("ids", ids)
                .map(row -> new SourceOf(row.getColumn("decision_id", String.class), source(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(SourceOf::decision));
        var queries = tx
                .query("""
                        select decision_id, user_id
                        from decision_query
                        where decision_id = any(:ids)
                        order by decision_id, queried_ts, user_id
                        """)
                .bind("ids", ids)
                .map(row -> new QueryOf(
                        row.getColumn("decision_id", String.class), new UserId(row.getColumn("user_id", String.class))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(QueryOf::decision));
        var followUps = followUps(tx, ids);
        return decisions.stream()
                .map(decision -> decision.with(
                        each(sources.getOrDefault(decision.id().toString(), List.of()), SourceOf::source),
                        each(queries.getOrDefault(decision.id().toString(), List.of()), QueryOf::by),
                        each(followUps.getOrDefault(decision.id().toString(), List.of()), FollowUpOf::followUp)))
                .toList();
    }

    private static <A, B> List<B> each(List<A> all, Function<A, B> part) {
        return all.stream().map(part).toList();
    }

    private static Decision.Source source(RowView row) {
        return new Decision.Source(
                new EventId(row.getColumn("event_id", String.class)),
                new UserId(row.getColumn("sender", String.class)),
                Objects.requireNonNull(row.getColumn("sha256", byte[].class)));
    }

    void confirm(Tx tx, UUID id, Instant now) {
        tx.update("update decision set confirmed_ts = :now where id = :id")
                .bind("id", id.toString())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// False when they queried it before.
    boolean query(Tx tx, UUID id, UserId by, Instant now) {
        return tx.update("""
                                insert into decision_query (decision_id, user_id, queried_ts)
                                values (:id, :by, :now)
                                on conflict (decision_id, user_id) do nothing
                                """)
                        .bind("id", id.toString())
                        .bind("by", by.value())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    /// False when they had not queried it.
    boolean withdraw(Tx tx, UUID id, UserId by) {
        return tx.update("""
                                delete from decision_query
                                where decision_id = :id and user_id = :by
                                """).bind("id", id.toString()).bind("by", by.value()).execute() > 0;
    }
}
