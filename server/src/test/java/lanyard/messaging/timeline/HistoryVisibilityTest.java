package lanyard.messaging.timeline;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#room-history-visibility> on every path out: what somebody sees who
/// was outside, asked in, inside, and outside again while one message was sent in each of these times.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryVisibilityTest {
    private static final String V3 = "/_matrix/client/v3/rooms/";
    private static final String V1 = "/_matrix/client/v1/rooms/";
    private static final List<String> TIMES = List.of("outside", "asked", "inside", "after");

    private TestServer server;
    private Person alice;
    private Person bob;
    private Person asked;
    private Person outsider;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        asked = server.register("asked");
        outsider = server.register("outsider");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// One room, its messages by the time in which they were sent, and a thread: its root from inside, replies from
    /// inside and after.
    private record Scene(String room, Map<String, String> events, String root) {
        String event(String time) {
            return Objects.requireNonNull(events.get(time));
        }
    }

    private Scene play(String visibility) {
        var body = Json.object();
        body.putArray("initial_state")
                .addObject()
                .put("type", "m.room.history_visibility")
                .putObject("content")
                .put("history_visibility", visibility);
        var room = server.post(alice, "/_matrix/client/v3/createRoom", body).text("room_id");
        Map<String, String> events = new LinkedHashMap<>();
        events.put("outside", send(room, "outside", ""));
        post(alice, room, "invite", Json.object().put("user_id", bob.id()));
        post(alice, room, "invite", Json.object().put("user_id", asked.id()));
        events.put("asked", send(room, "asked", ""));
        post(bob, room, "join", Json.object());
        events.put("inside", send(room, "inside", ""));
        var root = send(room, "root", "");
        send(room, "reply inside", root);
        post(bob, room, "leave", Json.object());
        events.put("after", send(room, "after", ""));
        send(room, "reply after", root);
        return new Scene(room, events, root);
    }

    private String send(String room, String text, String root) {
        var content = Json.object().put("msgtype", "m.text").put("body", text);
        if (!root.isEmpty()) {
            content.putObject("m.relates_to").put("rel_type", "m.thread").put("event_id", root);
        }
        var path = V3 + segment(room) + "/send/m.room.message/" + segment(text);
        return server.put(alice, path, content).text("event_id");
    }

    private void post(Person person, String room, String what, ObjectNode body) {
        server.post(person, V3 + segment(room) + "/" + what, body);
    }

    @ParameterizedTest
    @CsvSource({
        "world_readable,outside asked inside after",
        "shared,outside asked inside",
        "invited,asked inside",
        "joined,inside"
    })
    void oneSeesWhatTheRoomsHistoryAllows(String visibility, String times) {
        var scene = play(visibility);
        var visible = Set.of(times.split(" ", -1));
        var room = scene.room();
        var event = V3 + segment(room) + "/event/";
        var context = V3 + segment(room) + "/context/";
        var pages = pages(scene);
        for (var time : TIMES) {
            var id = scene.event(time);
            var mayShow = visible.contains(time);
            assertThat(server.get(bob, event + segment(id)).status())
                    .as("event " + time)
                    .isEqualTo(mayShow ? 200 : 404);
            assertThat(server.get(bob, context + segment(id)).status())
                    .as("context " + time)
                    .isEqualTo(mayShow ? 200 : 404);
            assertThat(server.get(bob, V1 + segment(room) + "/relations/" + segment(id))
                            .status())
                    .as("relations " + time)
                    .isEqualTo(mayShow ? 200 : 404);
            pages.forEach((name, page) -> assertThat(page.contains("\"" + id + "\""))
                    .as(name + ": " + time)
                    .isEqualTo(mayShow));
        }
        thread(scene, visible);
        moments(scene, visible);
    }

    private Map<String, String> pages(Scene scene) {
        var room = scene.room();
        var context = V3 + segment(room) + "/context/";
        Map<String, String> pages = new HashMap<>();
        for (var path : List.of("/messages?dir=b&limit=100", "/messages?dir=f&limit=100")) {
            pages.put(path, server.get(bob, V3 + segment(room) + path).body().toString());
        }
        var left = "/_matrix/client/v3/sync?filter=" + segment("{\"room\":{\"include_leave\":true}}");
        pages.put(
                "sync",
                server.get(bob, left)
                        .body()
                        .path("rooms")
                        .path("leave")
                        .path(room)
                        .toString());
        pages.put(
                "context of what one saw",
                server.get(bob, context + segment(scene.event("inside")) + "?limit=100")
                        .body()
                        .toString());
        return pages;
    }

    private void thread(Scene scene, Set<String> visible) {
        var room = V1 + segment(scene.room());
        var after = visible.contains("after");
        var relations = server.get(bob, room + "/relations/" + segment(scene.root()) + "/m.thread/m.room.message")
                .body();
        assertThat(relations.path("chunk").size()).isEqualTo(after ? 2 : 1);
        var root = server.get(bob, room + "/threads").body().path("chunk").path(0);
        var summary = root.path("unsigned").path("m.relations").path("m.thread");
        assertThat(summary.path("count").asInt(0)).isEqualTo(after ? 2 : 1);
        assertThat(summary.path("latest_event").path("content").path("body").asString(""))
                .isEqualTo(after ? "reply after" : "reply inside");
    }

    private void moments(Scene scene, Set<String> visible) {
        var path = V1 + segment(scene.room()) + "/timestamp_to_event?ts=";
        var end = server.get(bob, path + "9999999999999&dir=b")
                .body()
                .path("event_id")
                .asString("");
        assertThat(end).isNotEmpty();
        if (!visible.contains("after")) {
            assertThat(end).isNotEqualTo(scene.event("after"));
        }
        var all = server.get(bob, V3 + segment(scene.room()) + "/event/" + segment(end));
        assertThat(all.status()).isEqualTo(200);
        assertThat(server.get(bob, path + "1&dir=b").status()).isEqualTo(404);
    }

    /// Who was never in the room sees it only where everybody may look in.
    @ParameterizedTest
    @CsvSource({"world_readable,200", "shared,403", "invited,403", "joined,403"})
    void whoWasNeverInsideLooksInOnlyWhereAllMay(String visibility, int status) {
        var scene = play(visibility);
        var room = V3 + segment(scene.room());
        for (var person : List.of(asked, outsider)) {
            for (var path : List.of(
                    room + "/messages?dir=b",
                    room + "/event/" + segment(scene.event("inside")),
                    room + "/context/" + segment(scene.event("inside")),
                    room + "/state",
                    V1 + segment(scene.room()) + "/threads",
                    V1 + segment(scene.room()) + "/relations/" + segment(scene.root()),
                    V1 + segment(scene.room()) + "/timestamp_to_event?ts=1&dir=f")) {
                assertThat(server.get(person, path).status()).as(path).isEqualTo(status);
            }
            assertThat(server.sync(person, null)
                            .body()
                            .path("rooms")
                            .path("join")
                            .has(scene.room()))
                    .isFalse();
        }
    }
}
