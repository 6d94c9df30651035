package lanyard.messaging.timeline;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `unsigned.membership`: what the reader was in the room when each event happened, so that a client knows why it has
/// no key for it. <https://spec.matrix.org/v1.18/client-server-api/#room-event-format>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipAtEventTest {
    private static final String V3 = "/_matrix/client/v3/rooms/";
    private static final String V1 = "/_matrix/client/v1/rooms/";

    private TestServer server;
    private Person alice;
    private Person bob;
    private String room;
    private final Map<String, String> expected = new LinkedHashMap<>();
    private String root;

    /// Bob is outside, asked in, inside, outside and inside again, while Alice says something each time.
    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        room = server.room(alice);
        root = say("outside", "leave", "");
        post(alice, "invite", Json.object().put("user_id", bob.id()));
        say("asked", "invite", root);
        post(bob, "join", Json.object());
        say("inside", "join", root);
        post(bob, "leave", Json.object());
        say("away", "leave", "");
        post(alice, "invite", Json.object().put("user_id", bob.id()));
        post(bob, "join", Json.object());
        say("back", "join", root);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String say(String text, String membership, String thread) {
        var content = Json.object().put("msgtype", "m.text").put("body", text);
        if (!thread.isEmpty()) {
            content.putObject("m.relates_to").put("rel_type", "m.thread").put("event_id", thread);
        }
        var id = server.put(alice, V3 + segment(room) + "/send/m.room.message/" + text, content)
                .text("event_id");
        expected.put(id, membership);
        return id;
    }

    private void post(Person person, String what, ObjectNode body) {
        server.post(person, V3 + segment(room) + "/" + what, body);
    }

    private static String membership(JsonNode event) {
        return event.path("unsigned").path("membership").asString("");
    }

    /// Each event of the list says what Bob was; at least one is there.
    private void hold(JsonNode events) {
        assertThat(events.isEmpty()).isFalse();
        for (var event : events) {
            var id = event.path("event_id").asString("");
            var content = event.path("content");
            var own = event.path("state_key").asString("").equals(bob.id());
            var wanted = own ? content.path("membership").asString("") : expected.get(id);
            if (wanted == null) {
                assertThat(membership(event)).as(event.toString()).isNotEmpty();
            } else {
                assertThat(membership(event)).as(event.toString()).isEqualTo(wanted);
            }
        }
    }

    @Test
    void historySaysWhatTheReaderWas() {
        hold(server.get(bob, V3 + segment(room) + "/messages?dir=b&limit=100")
                .body()
                .path("chunk"));
        hold(server.get(bob, V1 + segment(room) + "/threads").body().path("chunk"));
        hold(server.get(bob, V1 + segment(room) + "/relations/" + segment(root))
                .body()
                .path("chunk"));
        expected.forEach((id, membership) -> {
            var event = server.get(bob, V3 + segment(room) + "/event/" + segment(id))
                    .body();
            assertThat(membership(event)).isEqualTo(membership);
            var context = server.get(bob, V3 + segment(room) + "/context/" + segment(id) + "?limit=100")
                    .body();
            assertThat(membership(context.path("event"))).isEqualTo(membership);
            hold(context.path("events_before"));
            hold(context.path("state"));
        });
    }

    @Test
    void whatIsBundledSaysItToo() {
        var thread = server.get(bob, V3 + segment(room) + "/event/" + segment(root))
                .body()
                .path("unsigned")
                .path("m.relations")
                .path("m.thread");
        assertThat(membership(thread.path("latest_event"))).isEqualTo("join");
    }

    @Test
    void syncSaysWhatTheReaderWas() {
        var filter = "?filter=" + segment("{\"room\":{\"timeline\":{\"limit\":50}}}");
        var joined = server.get(bob, "/_matrix/client/v3/sync" + filter)
                .body()
                .path("rooms")
                .path("join")
                .path(room);
        hold(joined.path("timeline").path("events"));
        var body = Json.object();
        var list = body.putObject("lists").putObject("all");
        list.put("timeline_limit", 50).putArray("ranges").addArray().add(0).add(9);
        list.putArray("required_state").addArray().add("m.room.create").add("");
        var sliding = server.post(bob, "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync", body)
                .body()
                .path("rooms")
                .path(room);
        hold(sliding.path("timeline"));
        hold(sliding.path("required_state"));
    }

    @Test
    void eachReaderGetsTheirOwn() {
        for (var event : server.get(alice, V3 + segment(room) + "/messages?dir=b&limit=5")
                .body()
                .path("chunk")) {
            assertThat(membership(event)).isEqualTo("join");
        }
    }

    @Test
    void stateSaysIt() {
        hold(server.get(bob, V3 + segment(room) + "/state").body());
        hold(server.get(bob, V3 + segment(room) + "/members").body().path("chunk"));
    }
}
