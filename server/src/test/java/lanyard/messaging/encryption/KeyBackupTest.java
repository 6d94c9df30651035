package lanyard.messaging.encryption;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Each operation of <https://spec.matrix.org/v1.18/client-server-api/#server-side-key-backups>, with its refusals.
class KeyBackupTest {
    private static final String BASE = "/_matrix/client/v3/room_keys/";
    private static final String ROOM = "!" + "r".repeat(43);
    private static final String OTHER = "!" + "o".repeat(43);

    private TestServer server;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectNode version(String publicKey) {
        var body = Json.object().put("algorithm", "m.megolm_backup.v1.curve25519-aes-sha2");
        body.putObject("auth_data").put("public_key", publicKey);
        return body;
    }

    private static ObjectNode key(String ciphertext) {
        var key = Json.object().put("first_message_index", 1).put("forwarded_count", 0);
        key.put("is_verified", true).putObject("session_data").put("ciphertext", ciphertext);
        return key;
    }

    private static ObjectNode sessions(String... names) {
        var body = Json.object();
        var sessions = body.putObject("sessions");
        for (var name : names) {
            sessions.set(name, key("of " + name));
        }
        return body;
    }

    private static void isGood(Answer answer, int count) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("count").asInt(-1)).isEqualTo(count);
        assertThat(answer.text("etag")).isNotEmpty();
    }

    private static void isRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("errcode")).isEqualTo(code);
    }

    private String begun(Person person) {
        return server.post(person, BASE + "version", version("one")).text("version");
    }

    private Answer delete(Person person, String path) {
        return server.call("DELETE", BASE + path, person, null);
    }

    @Test
    void aVersionIsMadeReadChangedAndTakenAway() {
        isRefused(server.get(alice, BASE + "version"), 404, "M_NOT_FOUND");
        var number = begun(alice);
        var newest = server.get(alice, BASE + "version");
        assertThat(newest.text("version")).isEqualTo(number);
        assertThat(newest.body().path("count").asInt(-1)).isZero();
        assertThat(server.get(alice, BASE + "version/" + number).body()).isEqualTo(newest.body());

        assertThat(server.put(alice, BASE + "version/" + number, version("two")).status())
                .isEqualTo(200);
        assertThat(server.get(alice, BASE + "version")
                        .body()
                        .path("auth_data")
                        .path("public_key")
                        .asString(""))
                .isEqualTo("two");
        var other = version("three").put("algorithm", "m.other");
        isRefused(server.put(alice, BASE + "version/" + number, other), 400, "M_INVALID_PARAM");

        isRefused(server.get(bob, BASE + "version/" + number), 404, "M_NOT_FOUND");
        isRefused(server.put(bob, BASE + "version/" + number, version("bob's")), 404, "M_NOT_FOUND");
        isRefused(delete(bob, "version/" + number), 404, "M_NOT_FOUND");
        isRefused(server.get(alice, BASE + "version/none"), 404, "M_NOT_FOUND");

        assertThat(delete(alice, "version/" + number).status()).isEqualTo(200);
        isRefused(server.get(alice, BASE + "version"), 404, "M_NOT_FOUND");
        assertThat(begun(alice)).as("a number is not given twice").isNotEqualTo(number);
    }

    @Test
    void keysAreKeptReadAndTakenAwayOneByOneByRoomAndAll() {
        var v = "?version=" + begun(alice);
        var room = "keys/" + segment(ROOM);
        isGood(server.put(alice, BASE + room + "/s1" + v, key("of s1")), 1);
        isGood(server.put(alice, BASE + room + v, sessions("s2", "s3")), 3);
        var all = Json.object();
        all.putObject("rooms").set(OTHER, sessions("s4"));
        isGood(server.put(alice, BASE + "keys" + v, all), 4);

        var one = server.get(alice, BASE + room + "/s2" + v).body();
        assertThat(one.path("session_data").path("ciphertext").asString("")).isEqualTo("of s2");
        assertThat(server.get(alice, BASE + room + v).body().path("sessions").propertyNames())
                .containsExactlyInAnyOrder("s1", "s2", "s3");
        assertThat(server.get(alice, BASE + "keys" + v).body().path("rooms").propertyNames())
                .containsExactlyInAnyOrder(ROOM, OTHER);

        isGood(delete(alice, room + "/s2" + v), 3);
        isRefused(server.get(alice, BASE + room + "/s2" + v), 404, "M_NOT_FOUND");
        isGood(delete(alice, room + v), 1);
        assertThat(server.get(alice, BASE + room + v).body().path("sessions").isEmpty())
                .isTrue();
        isGood(delete(alice, "keys" + v), 0);
        assertThat(server.get(alice, BASE + "keys" + v).body().path("rooms").isEmpty())
                .isTrue();
    }

    @Test
    void theBetterCopyStaysWhateverComesFirst() {
        var path = BASE + "keys/" + segment(ROOM) + "/s1?version=" + begun(alice);
        record Copy(boolean verified, int first, int forwarded, boolean taken) {}
        var etag = "";
        var best = "";
        for (var copy : List.of(
                new Copy(false, 5, 2, true),
                new Copy(false, 7, 0, false),
                new Copy(false, 5, 1, true),
                new Copy(false, 3, 9, true),
                new Copy(true, 9, 9, true),
                new Copy(false, 0, 0, false),
                new Copy(true, 9, 10, false))) {
            var text = copy.toString();
            var body = key(text).put("is_verified", copy.verified());
            body.put("first_message_index", copy.first()).put("forwarded_count", copy.forwarded());
            var answer = server.put(alice, path, body);
            isGood(answer, 1);
            assertThat(answer.text("etag").equals(etag)).as(text).isEqualTo(!copy.taken());
            etag = answer.text("etag");
            best = copy.taken() ? text : best;
            assertThat(server.get(alice, path)
                            .body()
                            .path("session_data")
                            .path("ciphertext")
                            .asString(""))
                    .isEqualTo(best);
        }
    }

    @Test
    void anotherVersionsAndSomebodyElsesKeysStayAsTheyAre() {
        var old = "?version=" + begun(alice);
        isGood(server.put(alice, BASE + "keys/" + segment(ROOM) + "/s1" + old, key("kept")), 1);
        var newer = "?version=" + begun(alice);
        var all = Json.object();
        all.putObject("rooms").set(ROOM, sessions("s1"));
        for (var path : new String[] {"keys", "keys/" + segment(ROOM), "keys/" + segment(ROOM) + "/s1"}) {
            var body = path.equals("keys") ? all : path.endsWith("/s1") ? key("late") : sessions("s1");
            var late = server.put(alice, BASE + path + old, body);
            isRefused(late, 403, "M_WRONG_ROOM_KEYS_VERSION");
            assertThat("?version=" + late.text("current_version")).isEqualTo(newer);
            isRefused(delete(alice, path + old), 403, "M_WRONG_ROOM_KEYS_VERSION");
            isRefused(server.get(bob, BASE + path + old), 404, "M_NOT_FOUND");
        }
        assertThat(server.get(alice, BASE + "keys" + old).body().toString()).contains("kept");
    }
}
