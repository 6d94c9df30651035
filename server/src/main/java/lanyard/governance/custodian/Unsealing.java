package lanyard.governance.custodian;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import lanyard.governance.custodian.Session.State;
import lanyard.governance.custodian.WorkerProcess.WorkerEndedException;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import tools.jackson.databind.node.ObjectNode;

/// Unsealing inside the running system: two officers open one approved case in an isolated worker.
///
/// What could go wrong: one person opens a case, or somebody whom it is about; more is read than it covers; the server
/// learns a key; what was opened stays open. The principles: shares pass through here sealed to the worker's own key;
/// two different officers who have no part in the case present them; the worker obeys the signed scope, not us; its
/// process lives at most [#LIFE] after it opened and ends with the server; no answer leaves before its audit entry.
public final class Unsealing {
    /// How long shares are waited for, and how long what was opened lives.
    public static final Duration LIFE = Duration.ofMinutes(60);

    private static final int MOST_SESSIONS = 3;
    private static final int MOST_READ = 500;
    private static final int MOST_SHARE = 64 * 1024;
    private static final int ID_BYTES = 9;

    private final CustodianParts parts;
    private final Function<CaseOrder, byte[]> export;
    private final Officers officers;
    private final Supplier<Isolation> isolation = new Once();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Supplier<Isolation> isolation() {
        return isolation;
    }

    Unsealing(CustodianParts parts, Officers officers, Function<CaseOrder, byte[]> export) {
        this.parts = parts;
        this.officers = officers;
        this.export = export;
    }

    /// Starts a worker that waits for two officers' shares. Errors: `M_FORBIDDEN` when the case has one already.
    public Session begin(Order order) {
        return begin(order, LIFE);
    }

    /// For tests of what happens when it is over.
    Session begin(Order order, Duration life) {
        sweep();
        if (ofCase(order.caseId()).isPresent()) {
            throw Order.refused("This case is being unsealed already.");
        }
        if (sessions.size() >= MOST_SESSIONS) {
            throw Order.refused("Three cases are being unsealed already. Close one first.");
        }
        order.rooms().forEach(span -> check(order, span.room()));
        var ground = parts.ground();
        var id = newId();
        var worker = refusing(() -> WorkerProcess.start(isolation.get()));
        try {
            var answer = ask(worker, startOf(order, id, life));
            var session = new Session(
                    id,
                    order,
                    worker,
                    Json.text(answer, "public_key"),
                    ground.clock().instant().plus(life));
            record(session, "custodian.session_begun", order.requestedBy(), begun(order));
            sessions.put(id, session);
            worker.onEnd(() -> ended(session, "the worker has ended"));
            return session;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private void check(Order order, RoomId room) {
        if (!parts.timeline().getRoom(room).organization().equals(order.organization())) {
            throw Order.refused("One of the case's rooms belongs to another organisation.");
        }
    }

    private ObjectNode startOf(Order order, String id, Duration life) {
        var start = Json.object()
                .put("do", "start")
                .put("session", id)
                .put("case", order.caseId())
                .put("organization", order.organization())
                .put("wait_ms", life.toMillis())
                .put("open_ms", life.toMillis());
        var rooms = start.putArray("rooms");
        order.rooms()
                .forEach(span -> rooms.addObject()
                        .put("room_id", span.room().value())
                        .put("from_ts", span.fromTs())
                        .put("to_ts", span.toTs()));
        return start;
    }

    private ObjectNode begun(Order order) {
        var details = Json.object()
                .put("approved_by", order.approvedBy().value())
                .put("rooms", order.rooms().size());
        var enforced = details.putArray("enforced");
        isolation.get().enforced().forEach(enforced::add);
        var missing = details.putArray("not_enforced");
        isolation.get().missing().forEach(missing::add);
        return details;
    }

    /// A session that has not ended.
    public Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id)).filter(this::isAlive);
    }

    /// Those of an organisation that have not ended.
    public List<Session> listOf(String organization) {
        return sessions.values().stream()
                .filter(session -> session.order().organization().equals(organization))
                .filter(this::isAlive)
                .toList();
    }

    public Optional<Session> ofCase(String caseId) {
        return sessions.values().stream()
                .filter(session -> session.order().caseId().equals(caseId))
                .filter(this::isAlive)
                .findFirst();
    }

    /// An officer presents a share, sealed to the session's key. With the second one the case is opened before this
    /// answers. Errors: `M_FORBIDDEN` with a sentence that says why.
    public void present(Session session, UserId officer, byte[] sealedShare) {
        session.turn().lock();
        try {
            alive(session);
            try {
                accept(session, officer, sealedShare);
            } catch (MatrixException e) {
                record(session, "custodian.share_refused", officer, Json.object());
                throw e;
            }
            if (session.presented().size() == SplitKey.NEEDED) {
                open(session);
            }
        } finally {
            session.turn().unlock();
        }
    }

    private void accept(Session session, UserId officer, byte[] sealedShare) {
        if (officers.has(session.order().excluded(), officer)) {
            throw Order.refused("You are named in this case or were in one of its rooms, so others must open it.");
        }
        if (session.state() == State.OPEN) {
            throw Order.refused("Two officers have presented their shares already.");
        }
        if (officers.has(session.presented(), officer)) {
            throw Order.refused("You have presented your share. It takes two different officers to open a case.");
        }
        if (sealedShare.length > MOST_SHARE) {
            throw Order.refused("That is not a sealed share.");
        }
        var request = Json.object()
                .put("do", "share")
                .put("officer", officer.value())
                .put("sealed", Base64.getEncoder().encodeToString(sealedShare));
        request.set("officers", officers.known(session.order().organization()));
        var accepted = ask(session.worker(), request).path("accepted");
        officers.claim(session.order().organization(), officer, accepted);
        var details = Json.object();
        details.set("shares", Officers.withoutCommitments(accepted));
        record(session, "custodian.share_presented", officer, details);
        session.accepted(officer);
    }

    private void open(Session session) {
        var clock = parts.ground().clock();
        var began = System.nanoTime();
        try {
            var opening = feed(session);
            var took = Duration.ofNanos(System.nanoTime() - began).toMillis();
            var opened = new Opening(opening.rooms(), opening.events(), opening.keys(), opening.closed(), took);
            session.opened(opened, clock.instant().plus(LIFE));
            var details = Json.object()
                    .put("rooms", opened.rooms())
                    .put("events", opened.events())
                    .put("keys", opened.keys())
                    .put("not_opened", opened.closed().size())
                    .put("millis", took);
            record(session, "custodian.unsealed", session.presented().getLast(), details);
        } catch (RuntimeException e) {
            ended(session, "the case could not be opened");
            throw e instanceof CustodianRefusal refusal ? Order.refused(sentence(refusal)) : e;
        }
    }

    private Opening feed(Session session) {
        var order = session.order();
        var approval = new CaseOrder.Approval(order.approvedBy(), order.reason());
        var closed = new ArrayList<EventId>();
        var events = 0;
        var keys = 0;
        for (var span : order.rooms()) {
            var file = export.apply(new CaseOrder(order.caseId(), span.room(), span.fromTs(), span.toTs(), approval));
            var answer = ask(session.worker(), Json.object().put("do", "file"), file);
            events += answer.path("opened").asInt();
            keys += answer.path("sessions").asInt();
            answer.path("unreadable").forEach(id -> closed.add(new EventId(id.asString(""))));
        }
        ask(session.worker(), Json.object().put("do", "opened"));
        return new Opening(order.rooms().size(), events, keys, closed, 0);
    }

    /// Looks in what is open; what the messages say stays in the worker. Errors: `M_FORBIDDEN` unless it is open.
    public List<Hit> search(Session session, UserId by, Query query) {
        var request =
                Json.object().put("do", "search").put("from_ts", query.fromTs()).put("to_ts", query.toTs());
        var words = request.putArray("words");
        query.words().forEach(words::add);
        var senders = request.putArray("senders");
        query.senders().forEach(sender -> senders.add(sender.value()));
        var hits = new ArrayList<Hit>();
        ask(session, request).path("hits").forEach(hit -> hits.add(hit((ObjectNode) hit)));
        var details = Json.object()
                .put("entries", query.words().size())
                .put("senders", query.senders().size())
                .put("from_ts", query.fromTs())
                .put("to_ts", query.toTs())
                .put("hits", hits.size());
        record(session, "custodian.searched", by, details);
        return hits;
    }

    private static Hit hit(ObjectNode json) {
        var entries = new ArrayList<Integer>();
        json.path("entries").forEach(entry -> entries.add(entry.asInt()));
        return new Hit(
                new RoomId(Json.text(json, "room_id")),
                new EventId(Json.text(json, "event_id")),
                new UserId(Json.text(json, "sender")),
                Json.longField(json, "ts"),
                Json.text(json, "type"),
                Json.booleanField(json, "hidden"),
                entries);
    }

    /// Reads hits of this session's searches with what stands around them. Errors: `M_FORBIDDEN` for anything else.
    public List<OpenedEvent> read(Session session, UserId by, Reading reading) {
        var request =
                Json.object().put("do", "read").put("before", reading.before()).put("after", reading.after());
        var ids = request.putArray("event_ids");
        reading.hits().forEach(id -> ids.add(id.value()));
        var answer = ask(session, request);
        var events = new ArrayList<OpenedEvent>();
        var digest = Json.array();
        for (var event : answer.path("events")) {
            var opened = OpenedEvent.of((ObjectNode) event);
            events.add(opened);
            digest.add(opened.id().value());
        }
        var details = Json.object()
                .put("hits", reading.hits().size())
                .put("before", reading.before())
                .put("after", reading.after())
                .put("events", events.size())
                .put(
                        "event_ids_sha256",
                        HexFormat.of().formatHex(lanyard.platform.sealing.Hashes.sha256(Json.bytes(digest))));
        record(session, "custodian.read", by, details);
        return events;
    }

    /// Which hits to read, with how many events before and after each.
    public record Reading(Collection<EventId> hits, int before, int after) {
        public Reading {
            hits = List.copyOf(hits);
            if (hits.isEmpty() || hits.size() > MOST_READ) {
                throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Read between one and 500 hits at a time.");
            }
        }
    }

    /// Ends a session, and with it its worker and all it knows.
    public void close(Session session, UserId by) {
        if (session.close()) {
            sessions.remove(session.id());
            record(session, "custodian.session_closed", by, Json.object());
        }
    }

    /// Ends all that are over, or whose worker has gone.
    void sweep() {
        sessions.values().forEach(this::isAlive);
    }

    /// The server stops: no worker outlives it.
    void closeAll() {
        sessions.values().forEach(session -> ended(session, "the server stops"));
    }

    private boolean isAlive(Session session) {
        var over = !parts.ground().clock().instant().isBefore(session.until());
        if (over) {
            ended(session, "its time is over");
        }
        return session.state() != State.CLOSED;
    }

    private void alive(Session session) {
        if (!isAlive(session) || !sessions.containsKey(session.id())) {
            throw Order.refused("This unsealing is over, and what was opened is gone. Begin again.");
        }
    }

    private void ended(Session session, String why) {
        if (session.close()) {
            sessions.remove(session.id());
            record(
                    session,
                    "custodian.session_ended",
                    session.order().requestedBy(),
                    Json.object().put("why", why));
        }
    }

    private ObjectNode ask(Session session, ObjectNode request) {
        alive(session);
        if (session.state() != State.OPEN) {
            throw Order.refused("Two officers must present their shares first.");
        }
        return ask(session.worker(), request);
    }

    private static ObjectNode ask(WorkerProcess worker, ObjectNode request) {
        return ask(worker, request, new byte[0]);
    }

    private static ObjectNode ask(WorkerProcess worker, ObjectNode request, byte[] file) {
        return refusing(() -> worker.ask(request, file));
    }

    static <T> T refusing(Supplier<T> step) {
        try {
            return step.get();
        } catch (CustodianRefusal e) {
            throw Order.refused(sentence(e));
        } catch (WorkerEndedException e) {
            throw Order.refused("This unsealing is over, and what was opened is gone. Begin again.");
        }
    }

    private static String sentence(CustodianRefusal refusal) {
        return String.valueOf(refusal.getMessage());
    }

    /// Without why: the case keeps the words, and the audit outlives the case.
    private void record(Session session, String action, UserId by, ObjectNode details) {
        details.put("session", session.id());
        var entry = new AuditEntry(action, by.value(), session.order().caseId(), "", details);
        parts.ground().writer().write(commit -> {
            parts.audit().record(commit, entry);
            return entry;
        });
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        parts.ground().random().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Looked for when it is first needed: it takes a few processes to find out.
    private static final class Once implements Supplier<Isolation> {
        private volatile Optional<Isolation> found = Optional.empty();

        @Override
        public Isolation get() {
            if (found.isEmpty()) {
                found = Optional.of(Isolation.find());
            }
            return found.get();
        }
    }
}
