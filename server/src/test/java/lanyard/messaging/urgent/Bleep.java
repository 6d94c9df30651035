package lanyard.messaging.urgent;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What tests of urgent messages say again and again.
public final class Bleep {
    public static final String PATH = "/_lanyard/v1/urgent";
    private static final String ROLES = "/_lanyard/v1/on-call/roles";

    private final TestServer server;
    private final MovableClock clock;
    private int number;

    public Bleep(TestServer server, MovableClock clock) {
        this.server = server;
        this.clock = clock;
    }

    public String conversation(String kind, Person owner, Person... members) {
        var body = Json.object().put("kind", kind).put("purpose", "Bed 4").put("request_id", "room-" + number++);
        for (var member : members) {
            body.withArray("member_user_ids").add(member.id());
        }
        return server.post(owner, "/_lanyard/v1/conversations", body).text("room_id");
    }

    public ObjectNode toPeople(String room, Person... people) {
        var body = order(room);
        var users = body.putObject("to").putArray("user_ids");
        for (var person : people) {
            users.add(person.id());
        }
        return body;
    }

    public ObjectNode toRole(String room, String role) {
        var body = order(room);
        body.putObject("to").put("role_id", role);
        return body;
    }

    private ObjectNode order(String room) {
        return Json.object()
                .put("request_id", "urgent-" + number++)
                .put("room_id", room)
                .put("reply_within_minutes", 5);
    }

    public Answer announce(Person sender, ObjectNode order) {
        return server.post(sender, PATH, order);
    }

    public String announced(Person sender, ObjectNode order) {
        var answer = announce(sender, order);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.text("urgent_id");
    }

    public Answer say(Person who, String id, String word, ObjectNode body) {
        return server.post(who, PATH + "/" + id + "/" + word, body);
    }

    public Answer answer(Person who, String id, String answer) {
        return say(who, id, "answer", Json.object().put("answer", answer));
    }

    public JsonNode seenBy(Person who, String id) {
        for (var one : server.get(who, PATH).body().path("urgent")) {
            if (one.path("urgent_id").asString("").equals(id)) {
                return one;
            }
        }
        return Json.object();
    }

    public String state(Person who, String id) {
        return seenBy(who, id).path("state").asString("");
    }

    public JsonNode person(Person reader, String id, Person about) {
        for (var one : seenBy(reader, id).path("people")) {
            if (one.path("user_id").asString("").equals(about.id())) {
                return one;
            }
        }
        return Json.object();
    }

    public String role(Person keeper, ObjectNode role) {
        var answer = server.post(keeper, ROLES, role.put("name", "Role " + number++));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.text("role_id");
    }

    public Answer take(Person who, String role, Duration time) {
        var until = clock.instant().plus(time).toEpochMilli();
        return server.post(who, ROLES + "/" + role + "/take", Json.object().put("until_ts", until));
    }

    public String text(Person sender, String room) {
        var sealed = Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "sealed");
        var path = "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.room.encrypted/t" + number++;
        return server.put(sender, path, sealed).text("event_id");
    }

    public Answer event(Person sender, String id, String event) {
        return server.put(sender, PATH + "/" + id + "/event", Json.object().put("event_id", event));
    }

    /// Time goes by, and what is due then happens.
    public void later(Duration time) {
        clock.move(time);
        Behind.watchUrgent(server);
    }
}
