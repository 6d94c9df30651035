package lanyard.governance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lanyard.governance.carerecord.Conversations;
import lanyard.governance.retention.Originals;
import lanyard.messaging.patient.PatientRooms;
import lanyard.platform.db.Tx;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.identity.TestIdentity;
import tools.jackson.databind.node.ObjectNode;

/// Rooms until the real ones are here: their events in a table, so that they are part of the transaction.
public final class TestRooms implements PatientRooms, Conversations, Originals {
    public record Room(RoomId id, boolean clinical, UserId owner, Set<UserId> members) {}

    private final TestIdentity ward;
    private final Map<RoomId, Room> rooms = new HashMap<>();
    private int count;

    public TestRooms(TestIdentity ward) {
        this.ward = ward;
        for (var table : List.of(
                "create table test_event (id text primary key, room text, sender text, body text, edits text,"
                        + " redacted boolean default false, pruned boolean default false, delivered boolean default true)",
                "create table test_state (room text, type text, key text, content text, place bigint generated always as"
                        + " identity)")) {
            ward.database.write(tx -> tx.update(table).execute());
        }
    }

    public RoomId room(boolean clinical, UserId owner, UserId... others) {
        var id = new RoomId("!room" + ++count);
        var members = new HashSet<>(List.of(others));
        members.add(owner);
        rooms.put(id, new Room(id, clinical, owner, members));
        return id;
    }

    public EventId message(RoomId room, UserId sender, String body) {
        return message(room, sender, body, "");
    }

    public EventId message(RoomId room, UserId sender, String body, String edits) {
        var id = new EventId("$event" + ++count);
        ward.database.write(tx -> tx.update(
                        "insert into test_event (id, room, sender, body, edits) values (:id, :room, :sender, :body, :edits)")
                .bind("id", id.value())
                .bind("room", room.value())
                .bind("sender", sender.value())
                .bind("body", body)
                .bind("edits", edits)
                .execute());
        return id;
    }

    public void delivered(EventId event, boolean delivered) {
        set("delivered", event, delivered);
    }

    private void set(String column, EventId event, boolean value) {
        ward.database.write(tx -> set(tx, column, event, value));
    }

    private static int set(Tx tx, String column, EventId event, boolean value) {
        return tx.update("update test_event set " + column + " = :value where id = :id")
                .bind("value", value)
                .bind("id", event.value())
                .execute();
    }

    public boolean isPruned(EventId event) {
        return ward.database.read(tx -> flag(tx, "pruned", event));
    }

    public boolean isRedacted(EventId event) {
        return ward.database.read(tx -> flag(tx, "redacted", event));
    }

    private static boolean flag(Tx tx, String column, EventId event) {
        return tx.query("select " + column + " from test_event where id = :id")
                .bind("id", event.value())
                .mapTo(Boolean.class)
                .one();
    }

    /// Every content that piece of state has had, newest last.
    public List<String> state(RoomId room, String type, String key) {
        return ward.database.read(tx -> tx.query(
                        "select content from test_state where room = :room and type = :type and key = :key order by place")
                .bind("room", room.value())
                .bind("type", type)
                .bind("key", key)
                .mapTo(String.class)
                .list());
    }

    public void leave(RoomId room, UserId user) {
        Objects.requireNonNull(rooms.get(room)).members().remove(user);
    }

    @Override
    public Optional<Standing> standing(RoomId room, UserId user) {
        return Optional.ofNullable(rooms.get(room))
                .filter(r -> r.members().contains(user))
                .map(r -> new Standing(
                        TestIdentity.ORGANIZATION.odsCode(),
                        r.clinical(),
                        r.owner().equals(user)));
    }

    @Override
    public Optional<String> organizationIfMember(RoomId room, UserId user) {
        return standing(room, user).map(Standing::organization);
    }

    @Override
    public Optional<Message> findMessage(Tx tx, RoomId room, EventId event, UserId viewer) {
        return stored(tx, "id = any(:ids)", room, List.of(event)).stream()
                .findFirst()
                .map(e -> new Message(
                        e.event(), e.sender(), e.sha256(), e.isRedacted() || flag(tx, "pruned", e.event())));
    }

    @Override
    public void sendStateAsService(Commit commit, RoomId room, String type, String stateKey, ObjectNode content) {
        commit.tx()
                .update("insert into test_state (room, type, key, content) values (:room, :type, :key, :content)")
                .bind("room", room.value())
                .bind("type", type)
                .bind("key", stateKey)
                .bind("content", content.toString())
                .execute();
    }

    @Override
    public boolean areDeliveredToAll(Tx tx, RoomId room, Collection<EventId> events) {
        return events.stream().allMatch(event -> flag(tx, "delivered", event));
    }

    @Override
    public List<Stored> listWithEdits(Tx tx, RoomId room, Collection<EventId> events) {
        return stored(tx, "(id = any(:ids) or edits = any(:ids)) and not pruned", room, events);
    }

    private static List<Stored> stored(Tx tx, String which, RoomId room, Collection<EventId> events) {
        return new ArrayList<>(tx.query("select id, sender, body, redacted from test_event where room = :room and "
                        + which + " order by id")
                .bind("room", room.value())
                .bind("ids", events.stream().map(EventId::value).toArray(String[]::new))
                .map(row -> new Stored(
                        new EventId(row.getColumn("id", String.class)),
                        new UserId(row.getColumn("sender", String.class)),
                        1,
                        sha256(row.getColumn("body", String.class)),
                        row.getColumn("redacted", Boolean.class)))
                .list());
    }

    @Override
    public void redactAsService(Commit commit, RoomId room, EventId event, String reason) {
        if (set(commit.tx(), "redacted", event, true) != 1) {
            throw new IllegalStateException("no such event");
        }
    }

    @Override
    public void prune(Commit commit, RoomId room, EventId event) {
        set(commit.tx(), "pruned", event, true);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
