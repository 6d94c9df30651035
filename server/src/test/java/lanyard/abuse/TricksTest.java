package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Tricks with JSON, events and addresses (group D of the abuse cases): each is refused in the standard's words and
/// leaves nothing behind, beside one that is in order.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TricksTest {
    private static final String SMILE = new String(Character.toChars(0x1F600));

    private TestServer server;
    private Person alice;
    private Person bob;
    private String room;
    private String other;
    private int transactions;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        room = server.room(alice, bob);
        other = server.room(bob);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    record Trick(String name, byte[] body, int status, String code) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Trick trick(String name, String body, String code) {
        return new Trick(name, body.getBytes(StandardCharsets.UTF_8), 400, code);
    }

    private static byte[] bytes(int... values) {
        var out = new ByteArrayOutputStream();
        for (var value : values) {
            out.write(value);
        }
        return out.toByteArray();
    }

    static Stream<Trick> bodies() {
        return Stream.of(
                trick("no JSON", "hello", "M_NOT_JSON"),
                trick("cut off", "{\"body\":", "M_NOT_JSON"),
                trick("an array", "[]", "M_BAD_JSON"),
                trick("a byte order mark", "\uFEFF{}", "M_NOT_JSON"),
                new Trick("UTF-16", "{}".getBytes(StandardCharsets.UTF_16LE), 400, "M_NOT_JSON"),
                new Trick("broken UTF-8", bytes('{', '"', 'a', '"', ':', '"', 0xC3, 0x28, '"', '}'), 400, "M_NOT_JSON"),
                trick("half a surrogate pair", "{\"body\":\"\\ud800\"}", "M_BAD_JSON"),
                new Trick("squeezed", bytes(0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xAB, 0xAE, 5, 0), 400, "M_NOT_JSON"),
                trick("something after the end", "{} {}", "M_NOT_JSON"),
                trick("a key twice", "{\"body\":\"a\",\"body\":\"b\"}", "M_BAD_JSON"),
                trick("a key twice, once escaped", "{\"body\":\"a\",\"\\u0062ody\":\"b\"}", "M_BAD_JSON"),
                trick("a key twice, deep down", "{\"a\":[{\"b\":{\"c\":1,\"c\":2}}]}", "M_BAD_JSON"),
                trick("a float", "{\"n\":1.5}", "M_BAD_JSON"),
                trick("an exponent", "{\"n\":1e3}", "M_BAD_JSON"),
                trick("minus zero", "{\"n\":-0}", "M_BAD_JSON"),
                trick("2^53", "{\"n\":9007199254740992}", "M_BAD_JSON"),
                trick("a huge number", "{\"n\":1" + "0".repeat(400) + "}", "M_BAD_JSON"),
                trick("ten thousand deep", "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "M_BAD_JSON"),
                new Trick(
                        "an event that is too large",
                        ("{\"body\":\"" + "x".repeat(65_536) + "\"}").getBytes(StandardCharsets.UTF_8),
                        413,
                        "M_TOO_LARGE"),
                new Trick(
                        "a megabyte",
                        ("{\"body\":\"" + "x".repeat(1_000_000) + "\"}").getBytes(StandardCharsets.UTF_8),
                        413,
                        "M_TOO_LARGE"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyThatCouldBeReadInTwoWaysIsRefused(Trick trick) {
        var before = Contents.of(server);
        var answer = server.raw("PUT", send(room, "m.room.message", next()), alice, trick.body());
        assertThat(answer.text("errcode")).isEqualTo(trick.code());
        assertThat(answer.status()).isEqualTo(trick.status());
        assertThat(answer.text("error")).isNotBlank().doesNotContain("Exception", "jackson");
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":9007199254740991,\"m\":-9007199254740991}",
                "{\"n\":0}",
                "{\"\\uFFFD\":1,\"\\uD83D\\uDE00\":2}",
                "{\"body\":\"\\u0000 \\u202E\"}"
            })
    void whatIsOnlyUnusualIsTaken(String body) {
        var answer =
                server.raw("PUT", send(room, "m.room.message", next()), alice, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(body).isEqualTo(200);
        var kept = server.get(
                alice, "/_matrix/client/v3/rooms/" + segment(room) + "/event/" + segment(answer.text("event_id")));
        assertThat(kept.body().path("content")).isEqualTo(Json.object(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void fieldsThatAreTheServersAreTheServers() {
        var body =
                Json.object().put("event_id", "$mine").put("sender", bob.id()).put("origin_server_ts", 1);
        var sent = server.put(alice, send(room, "m.room.message", next()) + "?ts=1", body);
        // Saying when something was sent is for bridges; a person who tries is refused or not heeded.
        assertThat(sent.status()).isIn(200, 403);
        if (sent.status() == 200) {
            var kept = event(alice, room, sent.text("event_id"));
            assertThat(kept.path("sender").asString("")).isEqualTo(alice.id());
            assertThat(kept.path("origin_server_ts").asLong(0)).isGreaterThan(1_700_000_000_000L);
        }
    }

    private static Stream<List<String>> states() {
        return Stream.of(
                List.of("m.room.create", "", "{\"room_version\":\"12\"}"),
                List.of("m.room.member", "@bob:lanyard.localhost", "{\"membership\":\"join\"}"),
                List.of("m.room.member", "@alice:lanyard.localhost", "{\"membership\":\"dancing\"}"),
                List.of("m.room.member", "no user id", "{\"membership\":\"join\"}"),
                List.of("org.example", "@bob:lanyard.localhost", "{}"),
                List.of("m.room.power_levels", "", "{\"users_default\":\"100\"}"),
                List.of("m.room.power_levels", "", "{\"users\":{\"nobody\":1}}"),
                List.of("x".repeat(256), "", "{}"),
                List.of("org.example", "k".repeat(256), "{}"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void stateThatNobodyMaySetIsRefused(List<String> state) {
        var before = Contents.of(server);
        var answer = server.raw(
                "PUT",
                "/_matrix/client/v3/rooms/" + segment(room) + "/state/" + segment(state.get(0)) + "/"
                        + segment(state.get(1)),
                alice,
                state.get(2).getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as("%s", answer.body()).isIn(400, 403, 413);
        assertThat(answer.text("errcode")).isIn("M_BAD_JSON", "M_FORBIDDEN", "M_INVALID_PARAM", "M_TOO_LARGE");
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void anOrdinaryMemberRaisesNobody() {
        var before = Contents.of(server);
        var levels = Json.object();
        levels.putObject("users").put(bob.id(), 100);
        var answer =
                server.put(bob, "/_matrix/client/v3/rooms/" + segment(room) + "/state/m.room.power_levels/", levels);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void redactingReachesNoOtherRoomAndNobodyAbove() {
        var hers = server.send(alice, room, segment(next()), "hers").text("event_id");
        var elsewhere = server.send(bob, other, segment(next()), "elsewhere").text("event_id");
        assertThat(redact(bob, room, hers).status()).isEqualTo(403);
        assertThat(redact(alice, room, elsewhere).status()).isIn(403, 404);
        assertThat(event(bob, room, hers).path("content").has("body")).isTrue();
        assertThat(event(bob, other, elsewhere).path("content").has("body")).isTrue();
        assertThat(redact(alice, room, hers).status()).isEqualTo(200);
        assertThat(event(bob, room, hers).path("content").has("body")).isFalse();
    }

    /// D9: the event that made the room stays, and redactions that name each other end.
    @Test
    void redactingTheBeginningOrInACircleChangesNothing() {
        var state = server.get(alice, "/_matrix/client/v3/rooms/" + segment(room) + "/state")
                .body();
        var create = state.valueStream()
                .filter(event -> event.path("type").asString("").equals("m.room.create"))
                .map(event -> event.path("event_id").asString(""))
                .findFirst()
                .orElseThrow();
        var before = Contents.of(server);
        assertThat(redact(alice, room, create).status()).isEqualTo(403);
        assertThat(redact(alice, room, "$" + "x".repeat(43)).status()).isEqualTo(404);
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
        var one = redact(
                        alice,
                        room,
                        server.send(alice, room, segment(next()), "gone").text("event_id"))
                .text("event_id");
        var two = redact(alice, room, one).text("event_id");
        assertThat(redact(alice, room, two).status()).isEqualTo(200);
        assertThat(redact(alice, room, one).status()).isEqualTo(200);
        assertThat(event(bob, room, one)
                        .path("unsigned")
                        .path("redacted_because")
                        .path("event_id")
                        .asString(""))
                .isEqualTo(two);
        assertThat(server.sync(bob, null).status()).isEqualTo(200);
    }

    /// D12: who may come in is not for the one who comes to say.
    @Test
    void nobodyVouchesForThemselves() {
        var eve = server.register("eve-" + System.nanoTime());
        var before = Contents.of(server);
        for (var path : new String[] {"/state/m.room.member/" + segment(eve.id()), "/join"}) {
            var body = Json.object().put("membership", "join").put("join_authorised_via_users_server", alice.id());
            var answer = server.call(
                    path.equals("/join") ? "POST" : "PUT",
                    "/_matrix/client/v3/rooms/" + segment(room) + path,
                    eve,
                    body);
            assertThat(answer.status()).as(path).isIn(400, 403);
        }
        assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void oneTransactionIsOneEventWhateverItsBody() {
        var transaction = next();
        var first = server.send(alice, room, segment(transaction), "first").text("event_id");
        assertThat(server.send(alice, room, segment(transaction), "second").text("event_id"))
                .isEqualTo(first);
        assertThat(event(alice, room, first).path("content").path("body").asString(""))
                .isEqualTo("first");
    }

    @Test
    void whoWasBannedStaysOutUntilUnbanned() {
        var carol = server.register("carol");
        var place = server.room(alice, bob, carol);
        var rooms = "/_matrix/client/v3/rooms/" + segment(place) + "/";
        var her = Json.object().put("user_id", carol.id());
        assertThat(server.post(bob, rooms + "ban", her).status()).isEqualTo(403);
        assertThat(server.post(bob, rooms + "kick", her).status()).isEqualTo(403);
        assertThat(server.post(alice, rooms + "ban", her).status()).isEqualTo(200);
        assertThat(server.post(carol, rooms + "join", Json.object()).status()).isEqualTo(403);
        assertThat(server.post(alice, rooms + "invite", her).status()).isEqualTo(403);
        assertThat(server.send(carol, place, segment(next()), "still here").status())
                .isEqualTo(403);
        assertThat(server.post(alice, rooms + "unban", her).status()).isEqualTo(200);
        assertThat(server.post(alice, rooms + "invite", her).status()).isEqualTo(200);
        assertThat(server.post(carol, rooms + "join", Json.object()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/client/v3/rooms/%2e%2e%2f/messages",
                "/_matrix/client/v3/rooms/..%2f..%2fsync/messages",
                "/_matrix/client/v3/rooms/%21room%00x/messages",
                "/_matrix/client/v3/rooms/%2521room/messages",
                "/_matrix/client/v3/rooms//messages",
                "/_matrix/client/v3//rooms/x/messages",
                "/_matrix/client/v3/rooms/%40alice%3Alanyard.localhost/messages",
                "/_matrix/client/v3/profile/%21alice%3Alanyard.localhost",
                "/_matrix/client/v3/profile/%40alice%0a%3Alanyard.localhost",
                "/_matrix/client/v3/profile/%40alice%3ALANYARD.LOCALHOST"
            })
    void anAddressWithATrickInItLeadsNowhere(String path) {
        var answer = server.get(alice, path);
        assertThat(answer.status()).as("%s", answer.body()).isIn(400, 403, 404);
        assertThat(answer.text("errcode")).startsWith("M_");
    }

    @Test
    void anAddressOfEightKilobytesIsRefused() {
        var answer = server.get(alice, "/_matrix/client/v3/rooms/!" + "r".repeat(8_192) + "/messages");
        assertThat(answer.status()).isIn(400, 403, 404, 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000", "-1", "NaN", "9223372036854775808", "0"})
    void aLimitOutOfReachIsClampedOrRefused(String limit) {
        var answer = server.get(alice, "/_matrix/client/v3/rooms/" + segment(room) + "/messages?dir=b&limit=" + limit);
        assertThat(answer.status()).isIn(200, 400);
        assertThat(answer.body().path("chunk").size()).isLessThanOrEqualTo(1_000);
    }

    private String next() {
        return "t" + transactions++ + (transactions % 2 == 0 ? SMILE : "");
    }

    private static String send(String room, String type, String transaction) {
        return "/_matrix/client/v3/rooms/" + segment(room) + "/send/" + type + "/" + segment(transaction);
    }

    private TestServer.Answer redact(Person person, String where, String event) {
        return server.put(
                person,
                "/_matrix/client/v3/rooms/" + segment(where) + "/redact/" + segment(event) + "/" + segment(next()),
                Json.object());
    }

    private ObjectNode event(Person person, String where, String id) {
        return server.get(person, "/_matrix/client/v3/rooms/" + segment(where) + "/event/" + segment(id))
                .object();
    }
}
