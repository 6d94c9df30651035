package lanyard.messaging.patient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import lanyard.messaging.room.RoomParts;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Draft;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Sending;
import lanyard.messaging.timeline.StoredEvent;
import lanyard.messaging.timeline.StoredEvents;
import lanyard.messaging.timeline.Timeline;
import lanyard.messaging.timeline.TimelineEvent;
import lanyard.messaging.timeline.TimelineParts;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.platform.notify.Wakes;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.TestIdentity;
import tools.jackson.databind.node.ObjectNode;

/// Real rooms with people in them, for tests of what is built upon rooms.
public final class TestRooms implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    public final Timeline timeline;
    public final ReadMarks marks;
    public final Rooms rooms;
    public final StoredEvents stored;
    private final TestIdentity ward;
    private final Sending sending;
    private final TestHttp http;
    private final Map<UserId, String> tokens = new HashMap<>();
    private final List<TimelineEvent> events = new CopyOnWriteArrayList<>();
    private int requests;

    public TestRooms(TestIdentity ward) {
        this.ward = ward;
        timeline = new Timeline(new TimelineParts(ward.database, ward.writer, ward.keys, new Wakes(), ward.clock));
        timeline.onEvent((room, event) -> events.add(event));
        marks = new ReadMarks(timeline);
        sending = new Sending(timeline);
        stored = new StoredEvents(timeline);
        rooms = new Rooms(new RoomParts(
                ward.database,
                ward.writer,
                timeline,
                ward.identity.people(),
                ward.identity,
                ward.audit,
                ward.clock,
                false));
        http = TestHttp.serving(rooms);
    }

    public String token(UserId user) {
        return tokens.computeIfAbsent(user, u -> ward.signedIn(u).accessToken());
    }

    public RoomId room(String kind, UserId owner, UserId... others) {
        // Two rooms of one millisecond would be one: a room's id is the hash of its first event.
        ward.clock.pass(Duration.ofMillis(1));
        var body = Json.object().put("kind", kind).put("purpose", "Ward round").put("request_id", "room" + ++requests);
        var members = body.putArray("member_user_ids");
        for (var other : others) {
            ward.writer.write(commit -> {
                ward.identity.people().reachable(commit, other);
                return true;
            });
            members.add(other.value());
        }
        var answer = http.post("/_lanyard/v1/conversations", token(owner), body);
        return new RoomId(Json.text(answer.json(), "room_id"));
    }

    public EventId message(RoomId room, UserId sender, String text) {
        return message(room, sender, Json.object().put("ciphertext", text));
    }

    public EventId edit(RoomId room, UserId sender, EventId of) {
        var content = Json.object().put("ciphertext", "edited");
        content.putObject("m.relates_to").put("rel_type", "m.replace").put("event_id", of.value());
        return message(room, sender, content);
    }

    public EventId reply(RoomId room, UserId sender, EventId to) {
        var content = Json.object().put("ciphertext", "a reply");
        content.putObject("m.relates_to").putObject("m.in_reply_to").put("event_id", to.value());
        return message(room, sender, content);
    }

    private EventId message(RoomId room, UserId sender, ObjectNode content) {
        content.put("algorithm", "m.megolm.v1.aes-sha2");
        return sending.send(Draft.message(room, sender, "m.room.encrypted", content));
    }

    public void hide(RoomId room, UserId sender, EventId event) {
        var redaction =
                Sending.redaction(timeline.getRoom(room), sender, event, Optional.of("sent to the wrong people"));
        sending.redact(redaction, event);
    }

    public void leave(RoomId room, UserId user) {
        var content = Json.object().put("membership", "leave");
        ward.writer.write(
                commit -> timeline.append(commit, Draft.state(room, user, StateKey.member(user.value()), content)));
    }

    /// Everything so far reaches a phone of each of `users`.
    public void received(RoomId room, UserId... users) throws InterruptedException {
        var all = timeline.getRoom(room);
        for (var user : users) {
            marks.delivered(user, ward.writer.visible());
        }
        var end = System.nanoTime() + LONGEST_WAIT.toNanos();
        for (var user : users) {
            while (!marks.deliveredToAll(all, everybodyBut(all, user), all.seq())) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("no delivery was noted");
                }
                Thread.sleep(20);
            }
        }
    }

    private static Set<UserId> everybodyBut(RoomState room, UserId user) {
        return new HashSet<>(
                room.joined().filter(member -> !member.equals(user)).toList());
    }

    public StoredEvent stored(RoomId room, EventId event) {
        var all = timeline.getRoom(room);
        return ward.database.read(tx -> stored.find(tx, all, event)).orElseThrow();
    }

    /// Every content that piece of state has had, oldest first.
    public List<String> state(RoomId room, String type, String key) {
        var contents = new ArrayList<String>();
        for (var event : events) {
            if (event.isState()
                    && event.stateKey().equals(new StateKey(type, key))
                    && event.pdu().path("room_id").asString("").equals(room.value())) {
                contents.add(event.pdu().get("content").toString());
            }
        }
        return contents;
    }

    @Override
    public void close() {
        http.close();
        marks.close();
    }
}
