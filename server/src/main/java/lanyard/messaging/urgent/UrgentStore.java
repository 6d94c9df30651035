package lanyard.messaging.urgent;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import lanyard.messaging.urgent.Urgency.Progress;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import org.jdbi.v3.core.result.RowView;

/// Owns `urgent`, `urgent_step` and `urgent_person`.
final class UrgentStore {
    private static final String URGENT = """
            select urgent_id, organization, room_id, sender, broadcast, event_id, event_seq, sent_ts, reply_minutes,
                state, step, due_ts, next_alert_ts
            from urgent
            """;

    private static Urgency urgency(RowView row) {
        var seq = row.getColumn("event_seq", Long.class);
        return new Urgency(
                row.getColumn("urgent_id", String.class),
                row.getColumn("organization", String.class),
                new RoomId(row.getColumn("room_id", String.class)),
                new UserId(row.getColumn("sender", String.class)),
                row.getColumn("broadcast", Boolean.class),
                Optional.ofNullable(row.getColumn("event_id", String.class)),
                seq == null ? 0 : seq,
                row.getColumn("sent_ts", Long.class),
                row.getColumn("reply_minutes", Integer.class),
                new Progress(
                        Standing.of(row.getColumn("state", String.class)),
                        row.getColumn("step", Integer.class),
                        row.getColumn("due_ts", Long.class),
                        Optional.ofNullable(row.getColumn("next_alert_ts", Long.class))));
    }

    Optional<Urgency> find(Tx tx, String id) {
        return tx.query(URGENT + "where urgent_id = :id")
                .bind("id", id)
                .map((RowView row) -> urgency(row))
                .findOne();
    }

    Optional<Urgency> findByRequest(Tx tx, UserId sender, String request) {
        return tx.query(URGENT + "where sender = :sender and request_id = :request")
                .bind("sender", sender.value())
                .bind("request", request)
                .map((RowView row) -> urgency(row))
                .findOne();
    }

    /// Those that somebody still has to answer, and for which something is left to be done.
    List<Urgency> listOpen(Tx tx) {
        return tx.query(URGENT + "where not broadcast and state in ('waiting', 'escalated', 'unanswered')"
                        + " and (next_alert_ts is not null or state <> 'unanswered') order by sent_ts")
                .map((RowView row) -> urgency(row))
                .list();
    }

    boolean waits(Tx tx, RoomId room) {
        return tx.query("""
                        select exists (select from urgent
                            where room_id = :room and not broadcast and state in ('waiting', 'escalated', 'unanswered'))
                        """).bind("room", room.value()).mapTo(Boolean.class).one();
    }

    /// Somebody of whom it is not known that their phone has it.
    record Waiting(String urgent, RoomId room, UserId sender, long eventSeq, long sentTs, UserId user) {}

    /// Those of whom it is not known that their phone has what was sent since then, a page in a fixed order: what
    /// still runs, or `others` (settled, and broadcasts).
    ///
    /// @param after the last of the page before
    record Page(boolean others, long since, Optional<Waiting> after, int most) {}

    List<Waiting> listWaiting(Tx tx, Page page) {
        return tx.query("""
                        select urgent_id, room_id, sender, event_seq, sent_ts, user_id
                        from urgent join urgent_person using (urgent_id)
                        where sent_ts > :since and (sent_ts, urgent_id, user_id) > (:ts, :id, :user)
                          and event_seq is not null and delivered_ts is null and state <> 'ended'
                          and (broadcast or state = 'acknowledged') = :others
                        order by sent_ts, urgent_id, user_id limit :most
                        """)
                .bind("since", page.since())
                .bind("ts", page.after().map(Waiting::sentTs).orElse(0L))
                .bind("id", page.after().map(Waiting::urgent).orElse(""))
                .bind("user", page.after().map(last -> last.user().value()).orElse(""))
                .bind("others", page.others())
                .bind("most", page.most())
                .map((RowView row) -> new Waiting(
                        row.getColumn("urgent_id", String.class),
                        new RoomId(row.getColumn("room_id", String.class)),
                        new UserId(row.getColumn("sender", String.class)),
                        row.getColumn("event_seq", Long.class),
                        row.getColumn("sent_ts", Long.class),
                        new UserId(row.getColumn("user_id", String.class))))
                .list();
    }

    /// What the person has sent or was asked, the newest first.
    List<Urgency> listOf(Tx tx, UserId user, long since, int most) {
        return tx.query(URGENT + """
                        where sent_ts > :since and (sender = :user or urgent_id in (
                            select urgent_id from urgent_person where user_id = :user))
                        order by sent_ts desc limit :most
                        """)
                .bind("user", user.value())
                .bind("since", since)
                .bind("most", most)
                .map((RowView row) -> urgency(row))
                .list();
    }

    /// Who said of which rooms since then that something is urgent.
    List<Urgency> listSince(Tx tx, long since) {
        return tx.query(URGENT + "where sent_ts > :since")
                .bind("since", since)
                .map((RowView row) -> urgency(row))
                .list();
    }

    int count(Tx tx, UserId sender, boolean broadcast, long since) {
        return tx.query("""
                        select count(*) from urgent
                        where sender = :sender and broadcast = :broadcast and sent_ts > :since
                        """)
                .bind("sender", sender.value())
                .bind("broadcast", broadcast)
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
    }

    void add(Tx tx, Urgency urgency, String request) {
        tx.update("""
                        insert into urgent (urgent_id, organization, room_id, sender, request_id, broadcast, sent_ts,
                            reply_minutes, state, step, due_ts, next_alert_ts)
                        values (:id, :organization, :room, :sender, :request, :broadcast, :sent, :reply, :state, :step,
                            :due, :alert)
                        """)
                .bind("id", urgency.id())
                .bind("organization", urgency.organization())
                .bind("room", urgency.room().value())
                .bind("sender", urgency.sender().value())
                .bind("request", request)
                .bind("broadcast", urgency.broadcast())
                .bind("sent", urgency.sentTs())
                .bind("reply", urgency.replyMinutes())
                .bind("state", urgency.standing().word())
                .bind("step", urgency.progress().step())
                .bind("due", urgency.progress().dueTs())
                .bind("alert", urgency.progress().nextAlertTs().orElse(null))
                .execute();
    }

    void save(Tx tx, Urgency urgency) {
        tx.update("""
                        update urgent set state = :state, step = :step, due_ts = :due, next_alert_ts = :alert
                        where urgent_id = :id
                        """)
                .bind("id", urgency.id())
                .bind("state", urgency.standing().word())
                .bind("step", urgency.progress().step())
                .bind("due", urgency.progress().dueTs())
                .bind("alert", urgency.progress().nextAlertTs().orElse(null))
                .execute();
    }

    void saveEvent(Tx tx, String id, EventId event, long seq) {
        tx.update("update urgent set event_id = :event, event_seq = :seq where urgent_id = :id")
                .bind("id", id)
                .bind("event", event.value())
                .bind("seq", seq)
                .execute();
    }

    void add(Tx tx, String id, Step step) {
        tx.update("""
                        insert into urgent_step (urgent_id, step, role_id, role_name, lead, due_ts)
                        values (:id, :step, :role, :name, :lead, :due)
                        """)
                .bind("id", id)
                .bind("step", step.number())
                .bind("role", step.role().orElse(null))
                .bind("name", step.roleName().orElse(null))
                .bind("lead", step.lead())
                .bind("due", step.dueTs())
                .execute();
    }

    record StepOf(String urgent, Step step) {}

    List<StepOf> listSteps(Tx tx, Collection<String> ids) {
        return tx.query("""
                        select urgent_id, step, role_id, role_name, lead, due_ts from urgent_step
                        where urgent_id = any(:ids) order by step
                        """)
                .bind("ids", ids.toArray(String[]::new))
                .map((RowView row) -> new StepOf(
                        row.getColumn("urgent_id", String.class),
                        new Step(
                                row.getColumn("step", Integer.class),
                                Optional.ofNullable(row.getColumn("role_id", String.class)),
                                Optional.ofNullable(row.getColumn("role_name", String.class)),
                                row.getColumn("lead", Boolean.class),
                                row.getColumn("due_ts", Long.class))))
                .list();
    }

    /// More people at a step, all at once.
    record More(Collection<UserId> users, int step, boolean quiet) {}

    void add(Tx tx, String id, More more) {
        tx.update("""
                        insert into urgent_person (urgent_id, user_id, step, quiet)
                        select :id, user_id, :step, :quiet from unnest(:users) as user_id
                        on conflict (urgent_id, user_id) do nothing
                        """)
                .bind("id", id)
                .bind("users", more.users().stream().map(UserId::value).toArray(String[]::new))
                .bind("step", more.step())
                .bind("quiet", more.quiet())
                .execute();
    }

    boolean isAsked(Tx tx, String id, UserId user) {
        return tx.query("select exists (select from urgent_person where urgent_id = :id and user_id = :user)")
                .bind("id", id)
                .bind("user", user.value())
                .mapTo(Boolean.class)
                .one();
    }

    /// Whether everybody has it in hand.
    boolean allSettled(Tx tx, String id) {
        return tx.query("""
                        select not exists (select from urgent_person
                            where urgent_id = :id and (answer is null or answer = 'cannot'))
                        """).bind("id", id).mapTo(Boolean.class).one();
    }

    record AskedOf(String urgent, Asked asked) {}

    List<AskedOf> listAsked(Tx tx, Collection<String> ids) {
        return tx.query("""
                        select urgent_id, user_id, step, quiet, delivered_ts, seen_ts, answer, answered_ts, passed_to
                        from urgent_person where urgent_id = any(:ids) order by step, user_id
                        """)
                .bind("ids", ids.toArray(String[]::new))
                .map((RowView row) -> new AskedOf(row.getColumn("urgent_id", String.class), asked(row)))
                .list();
    }

    private static Asked asked(RowView row) {
        return new Asked(
                new UserId(row.getColumn("user_id", String.class)),
                row.getColumn("step", Integer.class),
                row.getColumn("quiet", Boolean.class),
                Optional.ofNullable(row.getColumn("delivered_ts", Long.class)),
                Optional.ofNullable(row.getColumn("seen_ts", Long.class)),
                Optional.ofNullable(row.getColumn("answer", String.class)).flatMap(Answer::find),
                Optional.ofNullable(row.getColumn("answered_ts", Long.class)),
                Optional.ofNullable(row.getColumn("passed_to", String.class)));
    }

    List<Asked> listAsked(Tx tx, String id) {
        return listAsked(tx, List.of(id)).stream().map(AskedOf::asked).toList();
    }

    List<Step> listSteps(Tx tx, String id) {
        return listSteps(tx, List.of(id)).stream().map(StepOf::step).toList();
    }

    /// False when it was known.
    boolean delivered(Tx tx, String id, UserId user, long ts) {
        return tx.update("""
                        update urgent_person set delivered_ts = :ts
                        where urgent_id = :id and user_id = :user and delivered_ts is null
                        """)
                        .bind("id", id)
                        .bind("user", user.value())
                        .bind("ts", ts)
                        .execute()
                > 0;
    }

    /// Whoever has seen it has it. False when it was known.
    boolean seen(Tx tx, String id, UserId user, long ts) {
        return tx.update("""
                        update urgent_person set seen_ts = :ts, delivered_ts = coalesce(delivered_ts, :ts)
                        where urgent_id = :id and user_id = :user and seen_ts is null
                        """)
                        .bind("id", id)
                        .bind("user", user.value())
                        .bind("ts", ts)
                        .execute()
                > 0;
    }

    /// @param passedTo a user id or a role's
    record Given(UserId user, Answer answer, Optional<String> passedTo, long ts) {}

    void answered(Tx tx, String id, Given given) {
        tx.update("""
                        update urgent_person set answer = :answer, answered_ts = :ts, passed_to = :passed,
                            seen_ts = coalesce(seen_ts, :ts), delivered_ts = coalesce(delivered_ts, :ts)
                        where urgent_id = :id and user_id = :user
                        """)
                .bind("id", id)
                .bind("user", given.user().value())
                .bind("answer", given.answer().word())
                .bind("passed", given.passedTo().orElse(null))
                .bind("ts", given.ts())
                .execute();
    }

    void sweep(Tx tx, long sentBefore) {
        tx.update("delete from urgent where sent_ts < :before")
                .bind("before", sentBefore)
                .execute();
    }
}
