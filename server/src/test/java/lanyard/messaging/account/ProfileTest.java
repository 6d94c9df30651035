package lanyard.messaging.account;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Profiles and the small services around an account.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileTest {
    private static final String V3 = "/_matrix/client/v3/";

    private final TestServer server = TestServer.conformance();
    private final Person ann = server.register("ann");
    private final Person bob = server.register("bob");

    @AfterAll
    void close() {
        server.close();
    }

    private Answer set(Person person, String key, String json) {
        return server.raw(
                "PUT",
                V3 + "profile/" + segment(ann.id()) + "/" + key,
                person,
                json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void fieldsAreSetReadAndRemoved() {
        var profile = V3 + "profile/" + segment(ann.id());
        assertThat(set(ann, "m.tz", "{\"m.tz\":\"Europe/London\"}").status()).isEqualTo(200);
        assertThat(set(ann, "org.example.job", "{\"org.example.job\":{\"title\":[\"x\"]}}")
                        .status())
                .isEqualTo(200);
        assertThat(server.get(bob, profile + "/m.tz").body())
                .isEqualTo(Json.object().put("m.tz", "Europe/London"));
        assertThat(server.get(bob, profile)
                        .body()
                        .path("org.example.job")
                        .path("title")
                        .size())
                .isEqualTo(1);
        assertThat(server.call("DELETE", profile + "/org.example.job", ann, null)
                        .status())
                .isEqualTo(200);
        assertThat(server.call("DELETE", profile + "/org.example.job", ann, null)
                        .status())
                .isEqualTo(200);
        assertThat(server.get(bob, profile + "/org.example.job").text("errcode"))
                .isEqualTo("M_NOT_FOUND");

        assertThat(set(bob, "m.tz", "{\"m.tz\":\"Europe/London\"}").text("errcode"))
                .isEqualTo("M_FORBIDDEN");
        assertThat(set(ann, "m.tz", "{}").text("errcode")).isEqualTo("M_MISSING_PARAM");
        assertThat(set(ann, "m.tz", "{\"m.tz\":1}").text("errcode")).isEqualTo("M_BAD_JSON");
        assertThat(set(ann, "avatar_url", "{\"avatar_url\":\"https://x/y\"}").text("errcode"))
                .isEqualTo("M_BAD_JSON");
        assertThat(set(ann, "Nonsense", "{\"Nonsense\":1}").text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(set(ann, "a." + "b".repeat(255), "{}").text("errcode")).isEqualTo("M_KEY_TOO_LARGE");
        var large = "{\"org.example.large\":\"" + "x".repeat(66_000) + "\"}";
        assertThat(set(ann, "org.example.large", large).text("errcode")).isEqualTo("M_PROFILE_TOO_LARGE");
    }

    @Test
    void aNameAndAPictureAreToldToTheRooms() {
        var room = server.room(ann, bob);
        set(ann, "displayname", "{\"displayname\":\"Ann the First\"}");
        set(ann, "avatar_url", "{\"avatar_url\":\"mxc://lanyard.localhost/abc\"}");
        var path = V3 + "rooms/" + segment(room) + "/state/m.room.member/" + segment(ann.id());
        var member = server.get(bob, path).body();
        assertThat(member.path("displayname").asString()).isEqualTo("Ann the First");
        assertThat(member.path("avatar_url").asString()).isEqualTo("mxc://lanyard.localhost/abc");
        assertThat(member.path("membership").asString()).isEqualTo("join");
        server.call("DELETE", V3 + "profile/" + segment(ann.id()) + "/avatar_url", ann, null);
        assertThat(server.get(bob, path).body().has("avatar_url")).isFalse();
    }

    @Test
    void aTokenForOtherServicesIsOnesOwn() {
        var path = V3 + "user/" + segment(ann.id()) + "/openid/request_token";
        var token = server.post(ann, path, Json.object());
        assertThat(token.text("matrix_server_name")).isEqualTo("lanyard.localhost");
        assertThat(token.body().path("expires_in").asLong()).isPositive();
        assertThat(server.get(new Person("", "", token.text("access_token")), V3 + "account/whoami")
                        .text("errcode"))
                .as("good for nothing here")
                .isEqualTo("M_UNKNOWN_TOKEN");
        assertThat(server.post(bob, path, Json.object()).text("errcode")).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void relaysForCallsAreASetting() {
        assertThat(server.get(ann, V3 + "voip/turnServer").body()).isEmpty();
        var more = Map.of(
                "LANYARD_CONFORMANCE", "true",
                "LANYARD_TURN_URIS", "turn:relay.test:3478?transport=udp",
                "LANYARD_TURN_SECRET", "shared");
        try (var other = TestServer.demonstration(java.time.InstantSource.system(), more)) {
            var eve = other.register("eve");
            var turn = other.get(eve, V3 + "voip/turnServer").body();
            assertThat(turn.path("uris").get(0).asString()).startsWith("turn:relay.test");
            assertThat(turn.path("username").asString())
                    .matches("[0-9]+:[0-9a-f]{16}")
                    .doesNotContain("eve");
        }
    }

    @Test
    void thereAreNoAddressesToBeFoundBy() {
        assertThat(server.get(ann, V3 + "account/3pid").body().path("threepids"))
                .isEmpty();
        assertThat(server.call("GET", V3 + "account/3pid", null, null).text("errcode"))
                .isEqualTo("M_MISSING_TOKEN");
    }

    @Test
    void aTestSuitesAccountEndsForGood() {
        var eve = server.register("eve");
        var room = server.room(ann, eve);
        var first = server.post(eve, V3 + "account/deactivate", Json.object());
        assertThat(first.status()).isEqualTo(401);
        var body = Json.object();
        body.putObject("auth")
                .put("type", "m.login.password")
                .put("session", first.text("session"))
                .put("user", "eve")
                .put("password", "p-eve");
        var done = server.post(eve, V3 + "account/deactivate", body);
        assertThat(done.text("id_server_unbind_result")).isEqualTo("no-support");
        assertThat(server.get(eve, V3 + "account/whoami").text("errcode")).isEqualTo("M_UNKNOWN_TOKEN");
        var login =
                Json.object().put("type", "m.login.password").put("user", "eve").put("password", "p-eve");
        assertThat(server.call("POST", V3 + "login", null, login).text("errcode"))
                .isEqualTo("M_USER_DEACTIVATED");
        assertThat(server.get(ann, V3 + "rooms/" + segment(room) + "/joined_members")
                        .body()
                        .path("joined")
                        .has(eve.id()))
                .isFalse();
        var other = server.post(bob, V3 + "account/deactivate", Json.object());
        var wrong = Json.object();
        wrong.putObject("auth")
                .put("type", "m.login.password")
                .put("session", other.text("session"))
                .put("user", "bob")
                .put("password", "wrong");
        assertThat(server.post(bob, V3 + "account/deactivate", wrong).status()).isEqualTo(401);
        assertThat(server.get(bob, V3 + "account/whoami").status()).isEqualTo(200);
    }
}
