package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Input that no good client sends, on routes of every kind: refused in the standard's words, and cheaply.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final Duration MOST_CPU = Duration.ofMillis(50);
    private static final int TRIES = 10;
    private static final String V3 = "/_matrix/client/v3/";

    private TestServer server;
    private Person ann;
    private String room;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        ann = server.register("ann");
        room = server.room(ann);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static final List<List<String>> BODIES = List.of(
            List.of("a key twice", "{\"a\":1,\"a\":2}", "M_BAD_JSON"),
            List.of("a float", "{\"a\":1.5}", "M_BAD_JSON"),
            List.of("minus zero", "{\"a\":-0}", "M_BAD_JSON"),
            List.of("beyond 2^53-1", "{\"a\":9007199254740992}", "M_BAD_JSON"),
            List.of("below -2^53+1", "{\"a\":-9007199254740992}", "M_BAD_JSON"),
            List.of("half a surrogate pair", "{\"a\":\"\\udc00\"}", "M_BAD_JSON"),
            List.of("half a surrogate pair in a key", "{\"\\ud800\":1}", "M_BAD_JSON"),
            List.of("very deep", "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}", "M_BAD_JSON"),
            List.of("very many keys twice", "{" + "\"k\":1,".repeat(20_000) + "\"k\":2}", "M_BAD_JSON"),
            List.of("very large", "{\"a\":\"" + "x".repeat(600_000) + "\"}", "M_TOO_LARGE"));

    private static final List<String> ROUTES = List.of(
            "POST " + V3 + "createRoom",
            "PUT " + V3 + "rooms/{room}/send/m.room.message/t1",
            "PUT " + V3 + "rooms/{room}/state/m.room.topic/",
            "PUT " + V3 + "sendToDevice/m.any/t1",
            "POST " + V3 + "keys/upload",
            "POST " + V3 + "keys/query",
            "POST " + V3 + "user/{user}/filter",
            "POST " + V3 + "pushers/set",
            "POST " + V3 + "login",
            "POST /_matrix/client/unstable/org.matrix.simplified_msc3575/sync",
            "POST /_lanyard/v1/conversations");

    static Stream<Arguments> bodies() {
        return ROUTES.stream()
                .flatMap(route -> BODIES.stream()
                        .filter(body -> fits(route, body.get(0)))
                        .map(body -> Arguments.of(route, body.get(0), body.get(1), body.get(2))));
    }

    /// Messages for many devices may be larger than any other body.
    private static boolean fits(String route, String name) {
        return !(name.equals("very large") && route.contains("sendToDevice"));
    }

    private String path(String path) {
        return path.replace("{room}", segment(room)).replace("{user}", segment(ann.id()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("bodies")
    void aBadBodyIsRefusedCheaply(String route, String name, String body, String code) {
        var parts = route.split(" ", 2);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var least = Long.MAX_VALUE;
        for (var i = 0; i < TRIES && least >= MOST_CPU.toNanos(); i++) {
            var before = cpu();
            var answer = server.raw(parts[0], path(parts[1]), ann, bytes);
            least = Math.min(least, cpu() - before);
            assertThat(answer.text("errcode")).as(name).isEqualTo(code);
            assertThat(answer.status()).as(name).isEqualTo(code.equals("M_TOO_LARGE") ? 413 : 400);
        }
        assertThat(Duration.ofNanos(least)).isLessThan(MOST_CPU);
    }

    /// Of the whole process, the client included; the least of a few tries, as others work in it too.
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static final List<String> ROOM_ROUTES =
            List.of("messages", "state", "members", "joined_members", "event/$x");

    static Stream<String> ids() {
        var rooms = Stream.of(
                        "@ann:lanyard.localhost",
                        "$event",
                        "room",
                        "..",
                        "!a/../b",
                        "!a\u0000b",
                        "!a\nb",
                        "!" + "a".repeat(300))
                .flatMap(id -> ROOM_ROUTES.stream().map(route -> V3 + "rooms/" + segment(id) + "/" + route));
        var events = Stream.of("@ann:lanyard.localhost", "!room", "event", "$a\u0000b", "$a\nb", "$" + "a".repeat(300))
                .flatMap(
                        id -> Stream.of("event/", "context/").map(route -> V3 + "rooms/{room}/" + route + segment(id)));
        var users = Stream.of(
                        "ann",
                        "!ann:lanyard.localhost",
                        "@ann",
                        "@a\nb:lanyard.localhost",
                        "@ann:../x",
                        "@" + "a".repeat(300) + ":x")
                .flatMap(id -> Stream.of("profile/" + segment(id), "presence/" + segment(id) + "/status")
                        .map(V3::concat));
        var aliases = Stream.of("alias", "#alias", "#a\u0000b:lanyard.localhost")
                .map(id -> V3 + "directory/room/" + segment(id));
        return Stream.of(rooms, events, users, aliases).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void aBadIdIsRefused(String path) {
        var answer = server.get(ann, path(path));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.text("errcode")).startsWith("M_");
    }

    static Stream<Arguments> limits() {
        var routes = List.of(
                V3 + "rooms/{room}/messages?dir=b&limit=",
                "/_matrix/client/v1/rooms/{room}/threads?limit=",
                "/_matrix/client/v1/rooms/{room}/hierarchy?limit=",
                V3 + "notifications?limit=",
                V3 + "publicRooms?limit=",
                V3 + "sync?timeout=");
        return routes.stream()
                .flatMap(route -> Stream.of("-1", "x", "1e3", "999999999", "99999999999999999999")
                        .map(limit -> Arguments.of(route, limit)));
    }

    /// Without the upper bound a sync would park for days: the call itself comes back.
    @ParameterizedTest(name = "{0}{1}")
    @MethodSource("limits")
    void aLimitOutOfReachIsClampedOrRefused(String route, String limit) {
        var answer = server.get(ann, path(route) + limit);
        assertThat(answer.status()).as("%s", answer.body()).isIn(200, 400);
        if (!limit.equals("999999999")) {
            assertThat(answer.text("errcode")).startsWith("M_");
        }
    }
}
