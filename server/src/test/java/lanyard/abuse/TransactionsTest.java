package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import lanyard.AliceAndBob;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// One transaction is one event, and its scope is a device and a path (rows R18 and R19 of docs/reliability.md).
/// <https://spec.matrix.org/v1.18/client-server-api/#transaction-identifiers>
class TransactionsTest extends AliceAndBob {
    private static final String V3 = "/_matrix/client/v3/";
    private static final int STORM = 10_000;
    private static final int AT_ONCE = 60;
    private static final int ROUNDS = 20;

    private final Random random = new Random(18);

    private List<String> texts(String room) {
        var texts = new ArrayList<String>();
        var from = "";
        do {
            var page = server.get(
                    alice,
                    V3 + "rooms/" + segment(room) + "/messages?dir=f&limit=1000" + (from.isEmpty() ? "" : "&from=")
                            + from);
            page.body().path("chunk").forEach(event -> {
                if (event.path("type").asString("").equals("m.room.message")) {
                    texts.add(event.path("content").path("body").asString(""));
                }
            });
            from = page.text("end");
        } while (!from.isEmpty());
        return texts;
    }

    @Test
    void aStormOfRetriesMakesEachEventOnceAndAnswersAllAlike() {
        var room = server.room(alice, bob);
        var requests = 0;
        var sent = new ArrayList<String>();
        var events = new HashSet<String>();
        while (requests < STORM) {
            var storm = new ArrayList<Callable<Answer>>();
            var transactions = new ArrayList<String>();
            for (var i = 0; i < AT_ONCE; i++) {
                var transaction = "storm-" + sent.size();
                var sender = i % 2 == 0 ? alice : bob;
                sent.add(transaction);
                for (var copies = 2 + random.nextInt(4); copies > 0; copies--) {
                    transactions.add(transaction);
                    storm.add(() -> server.send(sender, room, transaction, transaction));
                }
            }
            requests += storm.size();
            events.addAll(oneEach(transactions, Together.call(storm)));
        }
        assertThat(events).hasSameSizeAs(sent);
        assertThat(texts(room)).containsExactlyInAnyOrderElementsOf(sent);
    }

    /// The event of each transaction, whose answers must be the same to the letter.
    private static Set<String> oneEach(List<String> transactions, List<Answer> answers) {
        var bodies = new java.util.HashMap<String, Answer>();
        for (var i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).status()).isEqualTo(200);
            var first = bodies.putIfAbsent(transactions.get(i), answers.get(i));
            if (first != null) {
                assertThat(answers.get(i).body()).isEqualTo(first.body());
            }
        }
        var events = new HashSet<String>();
        bodies.values().forEach(answer -> events.add(answer.text("event_id")));
        assertThat(events).hasSameSizeAs(bodies.keySet());
        return events;
    }

    private Person login(String name, String device, boolean renewable) {
        var body = Json.object()
                .put("type", "m.login.password")
                .put("password", "p-" + name)
                .put("refresh_token", renewable);
        body.putObject("identifier").put("type", "m.id.user").put("user", name);
        if (!device.isEmpty()) {
            body.put("device_id", device);
        }
        var session = server.call("POST", V3 + "login", null, body);
        renewal = session.text("refresh_token");
        return new Person(session.text("user_id"), session.text("device_id"), session.text("access_token"));
    }

    private String renewal = "";

    private Person refreshed(Person person) {
        var next = server.call("POST", V3 + "refresh", null, Json.object().put("refresh_token", renewal));
        assertThat(next.status()).isEqualTo(200);
        renewal = next.text("refresh_token");
        return new Person(person.id(), person.device(), next.text("access_token"));
    }

    private String event(Person sender, String room, String transaction) {
        var answer = server.send(sender, room, transaction, "one of many");
        assertThat(answer.status()).isEqualTo(200);
        return answer.text("event_id");
    }

    @Test
    void anotherDeviceOrPersonWithTheSameTransactionMeansAnotherEvent() {
        var room = server.room(alice, bob);
        var tablet = login("alice", "", false);
        for (var round = 0; round < ROUNDS; round++) {
            var transaction = "same" + round;
            var events = Set.of(
                    event(alice, room, transaction), event(tablet, room, transaction), event(bob, room, transaction));
            assertThat(events).hasSize(3);
            assertThat(events).contains(event(tablet, room, transaction));
        }
        assertThat(texts(room)).hasSize(3 * ROUNDS);
    }

    @Test
    void aRenewedTokenAndANewLoginOfTheSameDeviceMeanTheSameEvent() {
        var room = server.room(alice, bob);
        var phone = login("alice", "PHONE", true);
        for (var round = 0; round < ROUNDS; round++) {
            var transaction = "session" + round;
            var first = event(phone, room, transaction);
            phone = refreshed(phone);
            assertThat(event(phone, room, transaction)).isEqualTo(first);
            phone = login("alice", "PHONE", true);
            assertThat(event(phone, room, transaction)).isEqualTo(first);
        }
        assertThat(texts(room)).hasSize(ROUNDS);
    }

    @Test
    void aTransactionSentAgainAfterARestartMeansTheSameEvent() {
        var room = server.room(alice, bob);
        var first = event(alice, room, "restart");
        server.restart();
        assertThat(event(alice, room, "restart")).isEqualTo(first);
        assertThat(texts(room)).hasSize(1);
    }

    private Answer put(String path) {
        return server.put(
                alice, V3 + path, Json.object().put("msgtype", "m.text").put("body", "here"));
    }

    @Test
    void anotherRoomTypeOrEndpointWithTheSameTransactionMeansAnotherEvent() {
        var one = segment(server.room(alice, bob));
        var other = segment(server.room(alice, bob));
        for (var round = 0; round < ROUNDS; round++) {
            var transaction = "/path" + round;
            var message = put("rooms/" + one + "/send/m.room.message" + transaction);
            var events = new HashSet<String>();
            for (var path : List.of(
                    "rooms/" + one + "/send/m.room.message" + transaction,
                    "rooms/" + other + "/send/m.room.message" + transaction,
                    "rooms/" + one + "/send/org.example.note" + transaction,
                    "rooms/" + one + "/redact/" + segment(message.text("event_id")) + transaction)) {
                var first = put(path);
                assertThat(first.status()).isEqualTo(200);
                assertThat(put(path).body()).isEqualTo(first.body());
                events.add(first.text("event_id"));
            }
            assertThat(events).hasSize(4);
            assertThat(put("rooms/" + one + "/redact/" + segment(message.text("event_id")) + transaction)
                            .text("event_id"))
                    .isIn(events);
        }
    }

    private ObjectNode toBob(String text) {
        var body = Json.object();
        body.putObject("messages").putObject(bob.id()).putObject(bob.device()).put("text", text);
        return body;
    }

    @Test
    void aMessageToADeviceIsSentOnceForEachTransactionTypeAndSender() {
        server.room(alice, bob);
        var tablet = login("alice", "", false);
        var since = server.sync(bob, null).text("next_batch");
        Callable<Answer> send = () -> server.put(alice, V3 + "sendToDevice/org.example.a/t", toBob("one"));
        Together.call(Collections.nCopies(20, send));
        server.put(alice, V3 + "sendToDevice/org.example.b/t", toBob("two"));
        server.put(tablet, V3 + "sendToDevice/org.example.a/t", toBob("three"));
        var texts = new ArrayList<String>();
        server.sync(bob, since)
                .body()
                .path("to_device")
                .path("events")
                .forEach(event -> texts.add(event.path("content").path("text").asString("")));
        assertThat(texts).containsExactly("one", "two", "three");
    }
}
