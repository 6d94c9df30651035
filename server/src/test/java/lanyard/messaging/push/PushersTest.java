package lanyard.messaging.push;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/push-gateway-api/>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushersTest {
    private static final String SET = "/_matrix/client/v3/pushers/set";
    private static final String LIST = "/_matrix/client/v3/pushers";

    private final BlockingQueue<ObjectNode> told = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String answer = "{\"rejected\":[]}";
    private final HttpServer gateway = gateway();
    private final String url = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/_matrix/push/v1/notify";
    private final TestServer server = TestServer.demonstration(
            InstantSource.system(), Map.of("LANYARD_CONFORMANCE", "true", "LANYARD_PUSH_GATEWAYS", url));
    private final Person ann = server.register("ann");

    private HttpServer gateway() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            http.createContext("/_matrix/push/v1/notify", this::notified);
            http.start();
            return http;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void notified(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = Json.object(exchange.getRequestBody().readAllBytes());
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            told.add(body);
            var bytes = answer.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterAll
    void close() {
        server.close();
        gateway.stop(0);
    }

    private ObjectNode pusher(String key) {
        var body = Json.object()
                .put("kind", "http")
                .put("app_id", "org.example.app")
                .put("pushkey", key)
                .put("app_display_name", "App")
                .put("device_display_name", "Phone")
                .put("lang", "en");
        body.putObject("data").put("url", url).put("format", "event_id_only").put("custom", "kept");
        return body;
    }

    private Answer set(Person person, ObjectNode pusher) {
        return server.post(person, SET, pusher);
    }

    @Test
    void aPhoneIsToldThatSomethingHasComeAndNothingElse() throws InterruptedException {
        var bob = server.register("bob");
        var room = server.room(ann, bob);
        assertThat(set(bob, pusher("bobs")).status()).isEqualTo(200);
        assertThat(set(ann, pusher("anns")).status()).isEqualTo(200);
        failures.set(1);
        var event = server.send(ann, room, "t1", "very private words").text("event_id");
        var one = told.poll(20, TimeUnit.SECONDS);
        assertThat(one).as("tried again after a failure").isNotNull();
        var notification = one.path("notification");
        assertThat(notification.path("event_id").asString()).isEqualTo(event);
        assertThat(notification.path("room_id").asString()).isEqualTo(room);
        var device = notification.path("devices").get(0);
        assertThat(device.path("pushkey").asString()).isEqualTo("bobs");
        assertThat(device.path("data").toString()).isEqualTo("{\"format\":\"event_id_only\",\"custom\":\"kept\"}");
        assertThat(one.toString()).doesNotContain("private", ann.id());
        assertThat(notification.path("counts").path("unread").asLong()).isEqualTo(1);
        assertThat(told.poll(300, TimeUnit.MILLISECONDS))
                .as("the sender is not told")
                .isNull();

        server.put(
                bob,
                "/_matrix/client/v3/pushrules/global/room/" + segment(room),
                PushRulesTest.json("{\"actions\":[]}"));
        server.send(ann, room, "t2", "muted");
        assertThat(told.poll(500, TimeUnit.MILLISECONDS)).isNull();
        server.call("DELETE", "/_matrix/client/v3/pushrules/global/room/" + segment(room), bob, null);

        answer = "{\"rejected\":[\"bobs\"]}";
        server.send(ann, room, "t3", "the last");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
        for (var i = 0; i < 100 && !server.get(bob, LIST).body().path("pushers").isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(server.get(bob, LIST).body().path("pushers")).isEmpty();
        answer = "{\"rejected\":[]}";
    }

    /// The gateway is down for all tries, and the server is stopped before the next.
    @Test
    void whatAPhoneHasMissedItIsToldAfterARestart() throws InterruptedException {
        var eve = server.register("eve");
        var room = server.room(ann, eve);
        set(eve, pusher("eves"));
        server.send(ann, room, "e1", "heard");
        assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
        failures.set(1_000);
        var missed = server.send(ann, room, "e2", "missed").text("event_id");
        Thread.sleep(500);
        server.restart();
        failures.set(0);
        var later = told.poll(45, TimeUnit.SECONDS);
        assertThat(later).as("told after the restart").isNotNull();
        assertThat(later.path("notification").path("event_id").asString()).isEqualTo(missed);
        assertThat(later.path("notification").path("counts").path("unread").asLong())
                .isEqualTo(2);
        assertThat(told.poll(2, TimeUnit.SECONDS)).as("once").isNull();
    }

    @Test
    void pushersAreTheirOwnersAndGoWithTheDevice() {
        var carol = server.register("carol");
        var dan = server.register("dan");
        set(carol, pusher("k1"));
        set(carol, pusher("k1").put("lang", "cy"));
        set(carol, pusher("k2"));
        assertThat(server.get(carol, LIST).body().path("pushers").size()).isEqualTo(2);
        assertThat(server.get(carol, LIST).body().toString()).contains("\"cy\"");
        assertThat(server.get(dan, LIST).body().path("pushers")).isEmpty();
        set(dan, pusher("k1").put("append", true));
        assertThat(server.get(carol, LIST).body().path("pushers").size()).isEqualTo(2);
        set(dan, pusher("k1"));
        assertThat(server.get(carol, LIST).body().path("pushers").size())
                .as("the phone has another owner now")
                .isEqualTo(1);
        var gone = Json.object().put("app_id", "org.example.app").put("pushkey", "k2");
        gone.putNull("kind");
        assertThat(set(dan, gone.deepCopy()).status()).isEqualTo(200);
        assertThat(server.get(carol, LIST).body().path("pushers").size()).isEqualTo(1);
        assertThat(set(carol, gone).status()).isEqualTo(200);
        assertThat(server.get(carol, LIST).body().path("pushers")).isEmpty();
        server.restart();
        assertThat(server.get(dan, LIST).body().path("pushers").size()).isEqualTo(1);
        server.post(dan, "/_matrix/client/v3/logout", Json.object());
        var left = server.database()
                .read(tx -> tx.query("select count(*) from pusher where user_id = :user")
                        .bind("user", dan.id())
                        .mapTo(Long.class)
                        .one());
        assertThat(left).isZero();
    }

    @Test
    void whatCannotBeKeptIsNotPromised() {
        var elsewhere = pusher("k");
        ((ObjectNode) elsewhere.get("data")).put("url", "https://evil.example/_matrix/push/v1/notify");
        assertThat(set(ann, elsewhere).text("errcode")).isEqualTo("M_FORBIDDEN");
        var talkative = pusher("k");
        ((ObjectNode) talkative.get("data")).remove("format");
        assertThat(set(ann, talkative).text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(set(ann, pusher("k").put("kind", "email")).text("errcode")).isEqualTo("M_INVALID_PARAM");
        assertThat(set(ann, pusher("k".repeat(513))).text("errcode")).isEqualTo("M_INVALID_PARAM");
        var without = pusher("k");
        without.remove("lang");
        assertThat(set(ann, without).text("errcode")).isEqualTo("M_MISSING_PARAM");
        assertThat(server.call("POST", SET, null, pusher("k")).text("errcode")).isEqualTo("M_MISSING_TOKEN");
        assertThat(server.call("GET", LIST, null, null).text("errcode")).isEqualTo("M_MISSING_TOKEN");
    }
}
