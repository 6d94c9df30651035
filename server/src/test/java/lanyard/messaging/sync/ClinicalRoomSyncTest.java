package lanyard.messaging.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// What the product's own rooms look like in a sync.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClinicalRoomSyncTest {
    private TestServer server;
    private Person registrar;
    private Person pharmacist;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(InstantSource.system(), Map.of());
        registrar = server.signIn("rhian.lloyd");
        pharmacist = server.signIn("amara.okafor");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static JsonNode state(JsonNode room, String type) {
        return room.path("state")
                .path("events")
                .valueStream()
                .filter(event -> event.path("type").asString("").equals(type))
                .findFirst()
                .orElseGet(Json::object)
                .path("content");
    }

    /// Members see a clinical room from their joining on: the room's kind and encryption were set before.
    @Test
    void aMemberOfANewClinicalRoomGetsItsKindAndEncryption() {
        var before = server.sync(pharmacist, null).text("next_batch");
        var order = Json.object()
                .put("kind", "clinical")
                .put("purpose", "Ward 4 handover")
                .put("request_id", "clinical-sync-1");
        order.putArray("member_user_ids").add(pharmacist.id());
        var room = server.post(registrar, "/_lanyard/v1/conversations", order).text("room_id");
        for (var since : new String[] {before, null}) {
            var shown = server.sync(pharmacist, since)
                    .body()
                    .path("rooms")
                    .path("join")
                    .path(room);
            assertThat(state(shown, "org.lanyard.room").path("kind").asString(""))
                    .isEqualTo("clinical");
            assertThat(state(shown, "m.room.encryption").path("algorithm").asString(""))
                    .isEqualTo("m.megolm.v1.aes-sha2");
            assertThat(shown.path("timeline").path("events").toString())
                    .doesNotContain("\"type\":\"m.room.encryption\"");
        }
    }
}
