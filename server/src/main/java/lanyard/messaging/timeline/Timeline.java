package lanyard.messaging.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.TimelineEvent.Placed;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.platform.stream.NotReadyException;
import lanyard.platform.stream.Position;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.EventHashes;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.AuthResult;
import lanyard.standards.matrix.rules.AuthRules;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// The ordered events of every room: the one way in which an event comes to be, and the rooms in memory.
/// Owns the tables `room`, `event`, `room_state` and `receipt`.
public final class Timeline {
    private static final int ROOMS_IN_MEMORY = 20_000;

    private final TimelineParts parts;
    private final TimelineStore store = new TimelineStore();
    private final RelationStore relationStore = new RelationStore();
    private final ReceiptStore receiptStore = new ReceiptStore();
    private final EventBodies bodies;
    private final RoomLoading loading;
    private final RoomLogs logs = new RoomLogs(ROOMS_IN_MEMORY, this::load);
    private final EventLane lane = new EventLane(store, logs::forget);
    private final Memberships memberships;
    private final Queue<Long> readyRooms = new ConcurrentLinkedQueue<>();
    private final List<BiConsumer<RoomState, TimelineEvent>> listeners = new ArrayList<>();

    public Timeline(TimelineParts parts) {
        this.parts = parts;
        this.bodies = new EventBodies(parts.keys(), parts.clock());
        this.loading = new RoomLoading(bodies, receiptStore);
        this.memberships = new Memberships(this::loadMemberships, this::getRoom);
    }

    public Memberships memberships() {
        return memberships;
    }

    /// Told, on the writer's thread and after the commit, of every event: the room as it now is, and the event.
    public void onEvent(BiConsumer<RoomState, TimelineEvent> listener) {
        listeners.add(listener);
    }

    public Optional<RoomState> findRoom(RoomId id) {
        return findLog(id).map(RoomLog::state);
    }

    /// Errors: `M_NOT_FOUND`.
    public RoomState getRoom(RoomId id) {
        return findRoom(id).orElseThrow(Timeline::noSuchRoom);
    }

    /// The room as this batch will leave it. Errors: `M_NOT_FOUND`.
    public RoomState getRoom(Commit commit, RoomId id) {
        return commit.staged(id).map(RoomState.class::cast).orElseGet(() -> getRoom(id));
    }

    /// The room, if the person is in it; the answer for a room that does not exist is the same as for a foreign one.
    /// Errors: `M_FORBIDDEN`.
    public RoomState getRoomOf(UserId user, RoomId id) {
        return findRoom(id).filter(room -> room.isJoined(user)).orElseThrow(Timeline::notInRoom);
    }

    static MatrixException notInRoom() {
        return new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this conversation.");
    }

    private static MatrixException noSuchRoom() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such conversation.");
    }

    Optional<RoomLog> findLog(RoomId id) {
        return logs.find(id);
    }

    RoomLog getLog(RoomId id) {
        return findLog(id).orElseThrow(Timeline::noSuchRoom);
    }

    private Map<RoomId, RoomLog> load(Collection<RoomId> ids) {
        return parts.database().read(tx -> loading.load(tx, ids));
    }

    /// Brings those of `rooms` into memory that are not there: a few statements for all, where one after the
    /// other would cost each its own.
    public void prepare(Collection<RoomId> rooms) {
        logs.prepare(rooms);
    }

    /// On the writer's thread: something beside the room's events is durable.
    void change(RoomId id, Consumer<RoomLog> change) {
        logs.change(id, change);
    }

    private Map<RoomId, String> loadMemberships(UserId user) {
        return parts.database()
                .read(tx -> store.listMemberships(tx, user).stream()
                        .collect(Collectors.toMap(TimelineStore.Membership::room, TimelineStore.Membership::value)));
    }

    /// Starts a room with its `m.room.create` event. In room version 12 the room's id is that event's hash.
    public RoomState create(Commit commit, String organization, RoomVersion version, Draft create) {
        var nid = nextRoom();
        // Two rooms begun in one millisecond must not have the same hash, which is the same id.
        var content =
                create.content().deepCopy().put("room_version", version.id()).put("org.lanyard.serial", nid);
        var pdu = pdu(create, content, List.of(), List.of(), 1);
        if (!version.roomIdIsCreateHash()) {
            pdu.put("room_id", roomId(pdu).value());
        }
        pdu.putObject("hashes").put("sha256", EventHashes.contentHash(pdu));
        var id = version.roomIdIsCreateHash()
                ? EventHashes.roomId(pdu, version)
                : new RoomId(pdu.get("room_id").stringValue());
        var head = new RoomHead(nid, id, version, organization, 0, null, 0, new Position(commit.slot(), 0));
        store.createRoom(commit.tx(), head, parts.clock().millis());
        var room = RoomState.empty(head);
        place(commit, room, pdu, create);
        return getRoom(commit, id);
    }

    /// A number for a new room whose key is durable already. If its batch fails, number and key are never used.
    private long nextRoom() {
        var ready = readyRooms.poll();
        if (ready == null) {
            throw new NotReadyException(() -> {
                long nid = parts.database().write(store::nextRoom);
                bodies.prepare(nid);
                readyRooms.add(nid);
            });
        }
        return ready;
    }

    /// Before version 12 a room's id is any text that no other room has: here made from its create event, whose serial
    /// is its own.
    private static RoomId roomId(ObjectNode create) {
        var hash = EventHashes.contentHash(create).replace('+', '-').replace('/', '_');
        var server = new UserId(create.get("sender").stringValue()).server();
        return new RoomId("!" + hash.substring(0, 24) + ":" + server.value());
    }

    /// Adds an event to a room, if the room's rules allow it. Errors: `M_FORBIDDEN` with the rule's reason,
    /// `M_TOO_LARGE`,
    /// `M_BAD_JSON`, `M_NOT_FOUND`.
    public TimelineEvent append(Commit commit, Draft draft) {
        var room = getRoom(commit, draft.room());
        var auth = AuthRules.authEventTypes(room.version(), unhashed(draft)).stream()
                .map(room::state)
                .flatMap(Optional::stream)
                .map(StateEvent::id)
                .toList();
        var head = room.head().event();
        var pdu = pdu(draft, draft.content(), auth, head == null ? List.of() : List.of(head), room.seq() + 1);
        pdu.put("room_id", draft.room().value());
        pdu.putObject("hashes").put("sha256", EventHashes.contentHash(pdu));
        return place(commit, room, pdu, draft);
    }

    private static ObjectNode unhashed(Draft draft) {
        var event = Json.object()
                .put("type", draft.type())
                .put("sender", draft.sender().value());
        event.set("content", draft.content());
        if (draft.stateKey() != null) {
            event.put("state_key", draft.stateKey());
        }
        return event;
    }

    private ObjectNode pdu(Draft draft, ObjectNode content, List<EventId> auth, List<EventId> prev, long depth) {
        var pdu = unhashed(draft);
        pdu.set("content", content);
        var authEvents = pdu.putArray("auth_events");
        auth.forEach(id -> authEvents.add(id.value()));
        var prevEvents = pdu.putArray("prev_events");
        prev.forEach(id -> prevEvents.add(id.value()));
        return pdu.put("depth", depth).put("origin_server_ts", parts.clock().millis());
    }

    private TimelineEvent place(Commit commit, RoomState room, ObjectNode pdu, Draft draft) {
        if (AuthRules.check(room.version(), pdu, room) instanceof AuthResult.Refused(var reason)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, reason);
        }
        var id = EventHashes.referenceHash(pdu, room.version());
        var notice = Notices.counts(pdu);
        var head = room.head().next(id, notice, commit.next());
        var placed = new Placed(head.seq(), head.last(), id, head.notices());
        var replaced = Notices.replaced(room, pdu);
        var unsigned = replaced.map(Notices::previous).orElseGet(Json::object);
        var event = new TimelineEvent(placed, pdu, draft.origin(), unsigned, replaced.orElse(null));
        var after = room.with(head, id, pdu);
        commit.stage(room.id(), after);
        commit.add(
                lane,
                new EventRow(
                        room.head(),
                        head,
                        event,
                        event.isState() ? event.stateKey() : null,
                        RoomState.spanValue(pdu).orElse(null),
                        relation(pdu),
                        bodies.seal(head.nid(), room.version(), id, pdu)));
        commit.afterCommit(() -> publish(after, event));
        commit.afterVisible(() -> wake(after, event));
        return event;
    }

    private static EventRow.Relation relation(ObjectNode pdu) {
        return new EventRow.Relation(
                Notices.relatesTo(pdu).orElse(null), Notices.relationType(pdu).orElse(null));
    }

    private void publish(RoomState room, TimelineEvent event) {
        logs.publish(room, event);
        if (event.type().equals(StateKey.MEMBER) && event.isState()) {
            var user = new UserId(event.stateKey().stateKey());
            memberships.changed(user, room.id(), room.membership(user));
        }
        listeners.forEach(listener -> listener.accept(room, event));
    }

    private void wake(RoomState room, TimelineEvent event) {
        if (event.isState() && event.type().equals(StateKey.MEMBER)) {
            parts.wakes().wake(event.stateKey().stateKey());
        }
        wakeMembers(room);
    }

    void wakeMembers(RoomState room) {
        room.joined().forEach(user -> parts.wakes().wake(user.value()));
    }

    /// Marks what a redaction event names as redacted: hidden from every reader, kept in the store.
    void hide(Commit commit, RoomState room, EventId target, TimelineEvent redaction) {
        store.markRedacted(commit.tx(), target, redaction.id());
        commit.afterCommit(
                () -> logs.hide(room.id(), target, event -> bodies.hidden(room.version(), event, redaction)));
    }

    /// Destroys what an event said: the stored event becomes its redacted form, the stub. Called by
    /// `governance.retention` alone, which has made sure that it may. True when there was something left to
    /// destroy.
    public boolean prune(Commit commit, RoomId id, EventId target) {
        var room = getRoom(commit, id);
        var stored = store.listEvents(commit.tx(), List.of(target)).stream()
                .filter(event -> event.room() == room.head().nid() && !event.pruned())
                .findFirst();
        stored.ifPresent(event -> {
            var sealed = bodies.inSeries(room.head().nid()).sealStub(room.version(), target, bodies.bytes(event));
            store.prune(commit.tx(), target, sealed, parts.clock().millis());
            // The few rooms in which something is disposed of are read afresh.
            commit.afterCommit(() -> logs.forget(id));
        });
        return stored.isPresent();
    }

    /// On the writer's thread: the next reader reads the room afresh.
    void forgetLog(RoomId id) {
        logs.forget(id);
    }

    /// Takes a room that the person has left out of their list and their reach, until their membership changes.
    public void forget(Commit commit, UserId user, RoomId id) {
        store.forget(commit.tx(), user, getRoom(commit, id));
        commit.afterCommit(() -> memberships.forget(user, id));
    }

    /// A stored event of the room that the person may see. Errors: `M_NOT_FOUND`.
    EventRecord getRecord(UserId user, RoomId id, EventId target) {
        var room = getRoomOf(user, id);
        return parts.database().read(tx -> store.listEvents(tx, List.of(target))).stream()
                .filter(event -> event.room() == room.head().nid())
                .filter(event -> room.maySee(user, event.placed().seq()))
                .findFirst()
                .orElseThrow(Sending::notFound);
    }

    TimelineEvent open(RoomState room, EventRecord stored) {
        return bodies.open(room.version(), stored);
    }

    ObjectNode original(EventRecord stored) {
        return bodies.original(stored);
    }

    EventBodies bodies() {
        return bodies;
    }

    TimelineParts parts() {
        return parts;
    }

    TimelineStore store() {
        return store;
    }

    RelationStore relationStore() {
        return relationStore;
    }

    ReceiptStore receiptStore() {
        return receiptStore;
    }
}
