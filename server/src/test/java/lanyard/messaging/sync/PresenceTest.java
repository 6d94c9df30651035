package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import lanyard.TestServer;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;

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
}
