package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lanyard.Behind;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PresenceTest {
    private static String of(TestServer.Person person) {
        return "/_matrix/client/v3/presence/" + segment(person.id()) + "/status";
    }

    @Test
    void presenceIsTakenAndShownToNobody() {
        try (var server = TestServer.conformance()) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            var stranger = server.register("stranger");
            server.room(alice, bob);
            var online = Json.object().put("presence", "online").put("status_msg", "in theatre");
            assertThat(server.put(alice, of(alice), online).status()).isEqualTo(200);
            assertThat(server.put(bob, of(alice), online).status()).isEqualTo(403);
            assertThat(server.put(alice, of(alice), Json.object().put("presence", "busy"))
                            .status())
                    .isEqualTo(400);
            assertThat(server.get(bob, of(alice)).body().toString()).isEqualTo("{\"presence\":\"offline\"}");
            assertThat(server.get(stranger, of(alice)).status()).isEqualTo(403);
        }
    }

    private static JsonNode told(Answer sync, Person of) {
        return sync.body()
                .path("presence")
                .path("events")
                .valueStream()
                .filter(event -> event.path("sender").asString("").equals(of.id()))
                .findFirst()
                .map(event -> event.path("content"))
                .orElseGet(Json::object);
    }

    @Test
    void wherePolicyShowsItThoseWhoShareARoomSeeWhoIsThere() {
        try (var server = TestServer.conformance()) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            var stranger = server.register("stranger");
            server.room(alice, bob);
            Behind.showPresence(server, true);
            var before = server.sync(bob, null).text("next_batch");
            server.get(alice, "/_matrix/client/v3/sync");
            var first = server.sync(bob, before);
            assertThat(told(first, alice).path("presence").asString("")).isEqualTo("online");
            assertThat(told(first, alice).path("last_active_ago").asLong(-1)).isZero();
            assertThat(told(server.sync(bob, first.text("next_batch")), alice).isEmpty())
                    .as("told once")
                    .isTrue();
            server.put(alice, of(alice), Json.object().put("presence", "unavailable"));
            assertThat(told(server.sync(bob, first.text("next_batch")), alice)
                            .path("presence")
                            .asString(""))
                    .isEqualTo("unavailable");
            server.get(alice, "/_matrix/client/v3/sync?set_presence=offline");
            assertThat(told(server.sync(bob, first.text("next_batch")), alice)
                            .path("presence")
                            .asString(""))
                    .isEqualTo("offline");
            assertThat(server.get(alice, "/_matrix/client/v3/sync?set_presence=busy")
                            .text("errcode"))
                    .isEqualTo("M_INVALID_PARAM");
            server.put(alice, of(alice), Json.object().put("presence", "online"));
            assertThat(server.get(bob, of(alice)).text("presence")).isEqualTo("online");
            assertThat(told(server.sync(stranger, null), alice).isEmpty()).isTrue();
            assertThat(server.get(stranger, of(alice)).status()).isEqualTo(403);
            Behind.showPresence(server, false);
            assertThat(server.get(bob, of(alice)).text("presence")).isEqualTo("offline");
            assertThat(told(server.sync(bob, null), alice).isEmpty()).isTrue();
        }
    }

    @Test
    void whoStopsAskingHasGone() throws InterruptedException {
        var clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
        try (var server = TestServer.demonstration(clock, Map.of("LANYARD_CONFORMANCE", "true"))) {
            var alice = server.register("alice");
            var bob = server.register("bob");
            server.room(alice, bob);
            Behind.showPresence(server, true);
            server.sync(alice, null);
            var since = server.sync(bob, null).text("next_batch");
            clock.move(Duration.ofMinutes(3));
            var parked = server.get(bob, "/_matrix/client/v3/sync?timeout=20000&since=" + since);
            assertThat(told(parked, alice).path("presence").asString("")).isEqualTo("offline");
            assertThat(told(parked, alice).path("last_active_ago").asLong()).isEqualTo(180_000);
        }
    }
}
