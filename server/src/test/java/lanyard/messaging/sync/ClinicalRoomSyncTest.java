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

    /// A client that knows functional members takes them off the number of members only where it finds them among the
    /// heroes; then a conversation between two is called after the other one, and not "and 2 others".
    @Test
    void aConversationBetweenTwoIsNamedAfterTheOther() {
        var order = Json.object()
                .put("kind", "clinical")
                .put("purpose", "Ward 5 handover")
                .put("request_id", "clinical-sync-2");
        order.putArray("member_user_ids").add(pharmacist.id());
        var room = server.post(registrar, "/_lanyard/v1/conversations", order).text("room_id");
        var shown =
                server.sync(pharmacist, null).body().path("rooms").path("join").path(room);
        var summary = shown.path("summary");
        var heroes =
                summary.path("m.heroes").valueStream().map(JsonNode::asString).toList();
        var functional = state(shown, "io.element.functional_members")
                .path("service_members")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        assertThat(functional).hasSize(2);
        assertThat(heroes.getFirst()).isEqualTo(registrar.id());
        var hidden = heroes.stream().filter(functional::contains).count();
        var others = summary.path("m.joined_member_count").asLong() - 1 - hidden;
        assertThat(others).isEqualTo(1);
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
