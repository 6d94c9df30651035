package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import lanyard.TestKeys;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// I3: what a device has under way when it is revoked. Nothing of it is accepted, and nothing is handed to it, whose
/// position is after the acknowledged revocation. `-Dlanyard.rounds=1000` for as many.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationRacesTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final int ROUNDS = Integer.getInteger("lanyard.rounds", 60);
    private static final int AT_ONCE = 6;

    private TestServer server;
    private Person alice;
    private Person bob;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        server.post(alice, V3 + "keys/upload", TestKeys.upload(alice));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("I3: revoking a device against its sync, send, key upload and key claim")
    void i3NothingIsDeliveredAfterAnAcknowledgedRevocation() {
        var lanes = IntStream.range(0, AT_ONCE)
                .<Callable<Integer>>mapToObj(lane -> () -> {
                    var room = server.room(alice, bob);
                    for (var round = 0; round < ROUNDS / AT_ONCE; round++) {
                        round(room, lane + "x" + round);
                    }
                    return lane;
                })
                .toList();
        assertThat(Together.call(lanes)).hasSize(AT_ONCE);
        var left =
                server.database().read(tx -> tx.query("""
                                select count(*) from device_key k
                                where not exists (select 1 from device d
                                                  where d.user_id = k.user_id and d.device_id = k.device_id)
                                """).mapTo(Integer.class).one());
        assertThat(left).as("keys of devices that are no more").isZero();
    }

    private void round(String room, String name) {
        var lost = server.anotherDevice(bob);
        var since = server.sync(lost, null).text("next_batch");
        var answers = Together.call(List.<Callable<Answer>>of(
                () -> server.send(lost, room, "s" + name, "sent " + name),
                () -> server.get(lost, V3 + "sync?timeout=3000&since=" + since),
                () -> server.post(lost, V3 + "keys/upload", TestKeys.upload(lost)),
                () -> server.post(lost, V3 + "keys/claim", claim(alice)),
                () -> {
                    var revoked = server.post(lost, V3 + "logout", Json.object());
                    assertThat(revoked.status()).isEqualTo(200);
                    // Acknowledged: what comes from here on is after it.
                    assertThat(server.post(alice, V3 + "keys/claim", claim(lost))
                                    .body()
                                    .path("one_time_keys"))
                            .isEmpty();
                    return server.send(alice, room, "m" + name, "marker " + name);
                }));
        var marker = answers.getLast().text("event_id");
        var poll = answers.get(1);
        if (poll.status() == 200) {
            assertThat(poll.body().toString()).as("handed out after the end").doesNotContain(marker);
        }
        assertThat(poll.status()).isIn(200, 401);
        var sent = answers.getFirst();
        if (sent.status() == 200) {
            var order = order(room);
            assertThat(order.indexOf(sent.text("event_id")))
                    .as("accepted before the end")
                    .isBetween(0, order.indexOf(marker));
        } else {
            assertThat(sent.status()).isEqualTo(401);
        }
        assertThat(server.sync(lost, null).status()).isEqualTo(401);
    }

    private static tools.jackson.databind.node.ObjectNode claim(Person person) {
        var body = Json.object();
        body.putObject("one_time_keys").putObject(person.id()).put(person.device(), "signed_curve25519");
        return body;
    }

    /// The room's newest events, oldest first.
    private List<String> order(String room) {
        var page = server.get(alice, V3 + "rooms/" + segment(room) + "/messages?dir=b&limit=20");
        var ids = new ArrayList<String>();
        for (JsonNode event : page.body().path("chunk")) {
            ids.addFirst(event.path("event_id").asString(""));
        }
        return ids;
    }
}
