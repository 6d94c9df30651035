package lanyard.messaging.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTokensTest {
    private static final String ALL = "/_synapse/admin/v1/registration_tokens";
    private static final String REGISTER = "/_matrix/client/v3/register";

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private TestServer server;
    private Person boss;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of("LANYARD_CONFORMANCE", "true"));
        boss = server.register("boss");
        server.appoint(boss);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer make(ObjectNode body) {
        return server.post(boss, ALL + "/new", body);
    }

    private Answer register(String name, String token) {
        var body = Json.object().put("username", name).put("password", "correct horse 3417 " + name);
        var session = server.call("POST", REGISTER, null, body).text("session");
        body.putObject("auth")
                .put("type", "m.login.registration_token")
                .put("token", token)
                .put("session", session);
        return server.call("POST", REGISTER, null, body);
    }

    @Test
    void aTokenLetsInAsManyAsItSays() {
        assertThat(make(Json.object().put("token", "two").put("uses_allowed", 2))
                        .status())
                .isEqualTo(200);
        assertThat(register("first", "two").text("user_id")).startsWith("@first:");
        assertThat(register("second", "two").status()).isEqualTo(200);
        var third = register("third", "two");
        assertThat(third.status()).isEqualTo(401);
        assertThat(third.text("errcode")).isEqualTo("M_FORBIDDEN");
        var shown = server.get(boss, ALL + "/two").body();
        assertThat(shown.path("completed").asLong()).isEqualTo(2);
        assertThat(shown.path("pending").asLong(-1)).isZero();
        assertThat(server.get(boss, ALL + "?valid=true").body().toString()).doesNotContain("\"two\"");
        assertThat(server.get(boss, ALL + "?valid=false").body().toString()).contains("\"two\"");
    }

    @Test
    void anUnknownTokenLetsNobodyIn() {
        var refused = register("nobody", "never-made");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(refused.body().path("flows").toString()).contains("m.login.registration_token");
    }

    @Test
    void aTokenEndsWhenItsTimeIsUp() {
        var end = clock.instant().plusSeconds(2).toEpochMilli();
        var made = make(Json.object().put("token", "short").put("expiry_time", end));
        assertThat(made.body().path("expiry_time").asLong()).isEqualTo(end);
        clock.move(Duration.ofMillis(1_999));
        assertThat(server.get(boss, ALL + "?valid=true").body().toString()).contains("\"short\"");
        clock.move(Duration.ofMillis(1));
        assertThat(server.get(boss, ALL + "?valid=true").body().toString()).doesNotContain("\"short\"");
        assertThat(register("late", "short").text("errcode")).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void whatIsNotNamedStaysAndNullTakesALimitAway() {
        make(Json.object().put("token", "changing").put("uses_allowed", 1));
        var kept = server.put(boss, ALL + "/changing", Json.object());
        assertThat(kept.body().path("uses_allowed").asLong()).isEqualTo(1);
        var free = server.put(boss, ALL + "/changing", Json.object().putNull("uses_allowed"));
        assertThat(free.body().path("uses_allowed").isNull()).isTrue();
        assertThat(server.call("DELETE", ALL + "/changing", boss, null).status())
                .isEqualTo(200);
        assertThat(server.get(boss, ALL + "/changing").text("errcode")).isEqualTo("M_NOT_FOUND");
        assertThat(server.put(boss, ALL + "/changing", Json.object()).text("errcode"))
                .isEqualTo("M_NOT_FOUND");
        assertThat(server.call("DELETE", ALL + "/changing", boss, null).text("errcode"))
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    void whatCannotBeATokenIsRefused() {
        make(Json.object().put("token", "there"));
        for (var bad : new ObjectNode[] {
            Json.object().put("token", "there"),
            Json.object().put("token", "with space"),
            Json.object().put("token", ""),
            Json.object().put("length", 65),
            Json.object().put("length", 0),
            Json.object().put("uses_allowed", -1),
            Json.object().put("expiry_time", 1)
        }) {
            assertThat(make(bad).text("errcode")).as(bad.toString()).isEqualTo("M_INVALID_PARAM");
        }
        assertThat(make(Json.object().put("length", 64)).text("token")).hasSize(64);
    }

    @Test
    void whereTheDirectorySaysWhoIsThereNoTokenIsMade() {
        try (var product = TestServer.demonstration(clock, Map.of())) {
            var helen = product.signIn("helen.ashworth");
            var refused = product.post(helen, ALL + "/new", Json.object());
            assertThat(refused.text("errcode")).isEqualTo("M_FORBIDDEN");
            assertThat(refused.text("error")).contains("directory");
            assertThat(product.get(helen, ALL).body().path("registration_tokens"))
                    .isEmpty();
        }
    }
}
