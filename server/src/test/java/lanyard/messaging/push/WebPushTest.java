package lanyard.messaging.push;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.messaging.push.FakePushService.Pushed;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Our own phones, told through their browsers' push services: <https://www.rfc-editor.org/rfc/rfc8030>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPushTest {
    private static final String PUSH = "/_lanyard/v1/push";
    private static final int ENOUGH = 10_000;
    private static final int MOMENT = 150;

    private final FakePushService service = new FakePushService();
    private final TestServer server = TestServer.demonstration(
            InstantSource.system(), Map.of("LANYARD_CONFORMANCE", "true", "LANYARD_WEB_PUSH_HOSTS", service.origin()));
    private final Person ann = server.register("ann");
    private int transaction;

    @AfterAll
    void close() {
        server.close();
        service.close();
    }

    private Person subscribed(String name) {
        var person = server.register(name);
        subscribe(person, name);
        return person;
    }

    private void subscribe(Person person, String browser) {
        var answer = server.put(person, PUSH, service.browser(browser).subscription());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    private boolean isSubscribed(Person person) {
        return server.get(person, PUSH).body().path("subscribed").asBoolean(false);
    }

    private Answer send(Person sender, String room, String type, ObjectNode content) {
        var path = "/_matrix/client/v3/rooms/" + segment(room) + "/send/" + type + "/t" + transaction++;
        return server.put(sender, path, content);
    }

    private Answer say(Person sender, String room, String text) {
        return send(
                sender,
                room,
                "m.room.message",
                Json.object().put("msgtype", "m.text").put("body", text));
    }

    private List<Pushed> take(int count) {
        var all = new ArrayList<Pushed>();
        for (var i = 0; i < count; i++) {
            var one = service.next(ENOUGH);
            assertThat(one).as("number " + i).isNotNull();
            all.add(one);
        }
        assertThat(service.next(MOMENT)).as("no more than that").isNull();
        return all;
    }

    private static <T> Set<T> distinct(List<Pushed> pushed, Function<Pushed, T> of) {
        return pushed.stream().map(of).collect(Collectors.toSet());
    }

    /// The vector of <https://www.rfc-editor.org/rfc/rfc8291#appendix-A>: the test's own browser reads as it should.
    @Test
    void theTestsBrowserOpensTheStandardsExample() throws Exception {
        var browser = new TestBrowser(
                "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "BTBZMqHH6r4Tts7J_aSIgg");
        var body = TestBrowser.bytes(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8"
                        + "wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
        assertThat(browser.open(body)).isEqualTo("When I grow up, I want to be a watermelon");
    }

    @Test
    @Rule("G23")
    void whateverIsSaidByWhomAndWhereAPhoneIsToldTheSame() {
        var bob = subscribed("bob");
        var eve = server.register("eve-who-has-a-much-longer-name");
        var rooms = List.of(server.room(ann, bob), server.room(ann, bob, eve), server.room(eve, bob, ann));
        service.next(MOMENT);
        while (service.next(MOMENT) != null) {}
        var random = new Random(7);
        var sent = 0;
        for (var i = 0; i < 60; i++) {
            var room = rooms.get(random.nextInt(rooms.size()));
            var sender = rooms.indexOf(room) == 0 || random.nextBoolean() ? ann : eve;
            assertThat(send(sender, room, type(random, i), content(random, i)).status())
                    .isEqualTo(200);
            sent++;
        }
        var pushed = take(sent);
        assertThat(distinct(pushed, Pushed::opened)).hasSize(1);
        assertThat(distinct(pushed, Pushed::length)).hasSize(1);
        assertThat(distinct(pushed, Pushed::headers)).hasSize(1);
        var payload =
                Json.ownObject(pushed.getFirst().opened().strip().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(payload.path("web_push").asInt()).isEqualTo(8030);
        assertThat(payload.path("notification").path("title").asString()).isEqualTo("Lanyard");
        assertThat(payload.path("notification").path("body").asString()).isEqualTo("You have a new message");
        assertThat(payload.path("notification").has("app_badge")).isFalse();

        send(ann, rooms.getFirst(), "m.room.message", content(random, 0).put("org.lanyard.urgent", true));
        send(ann, rooms.getFirst(), "m.room.encrypted", content(random, 1).put("org.lanyard.urgent", true));
        pushed.addAll(take(2));
        assertThat(distinct(pushed, Pushed::opened))
                .as("what says that it is urgent is not")
                .hasSize(1);

        server.publishKeys(bob);
        for (var room : rooms) {
            assertThat(urgently(ann, room, bob).status()).isEqualTo(201);
        }
        pushed.addAll(take(rooms.size()));
        assertThat(distinct(pushed, Pushed::opened)).as("one more, for urgent").hasSize(2);
        assertThat(distinct(pushed, Pushed::headers)).as("one more, for urgent").hasSize(2);
        assertThat(distinct(pushed, Pushed::length)).as("as long").hasSize(1);
        assertThat(distinct(pushed, one -> one.headers().get("Urgency"))).hasSize(1);
    }

    private Answer urgently(Person sender, String room, Person to) {
        var order = Json.object().put("request_id", "u" + transaction++).put("room_id", room);
        order.put("reply_within_minutes", 30)
                .putObject("to")
                .putArray("user_ids")
                .add(to.id());
        return server.post(sender, "/_lanyard/v1/urgent", order);
    }

    private static String type(Random random, int i) {
        return i % 3 == 0 || random.nextInt(4) == 0 ? "m.room.encrypted" : "m.room.message";
    }

    private static ObjectNode content(Random random, int i) {
        var words = List.of("Mrs Jones", "bed 4", "943 476 5919", "ward", "\uD83D\uDE00", "nos da", "", "\u0000x");
        var text = random.ints(random.nextInt(80), 0, words.size())
                .mapToObj(words::get)
                .collect(Collectors.joining(" "));
        var kind = List.of("m.text", "m.emote", "m.image", "m.file").get(i % 4);
        var content = Json.object().put("msgtype", kind).put("body", text).put("url", "mxc://lanyard.localhost/" + i);
        if (random.nextBoolean()) {
            content.put("formatted_body", "<b>" + text + "</b>").put("org.lanyard.urgent", "not a boolean");
        }
        if (random.nextInt(3) == 0) {
            content.putObject("m.mentions").putArray("user_ids").add("@bob:lanyard.localhost");
        }
        return content;
    }

    @Test
    void rulesDecideAsForEverybodyElse() {
        var carol = subscribed("carol");
        subscribe(ann, "ann");
        var room = server.room(ann, carol);
        take(1);
        say(ann, room, "heard");
        assertThat(take(1).getFirst().path()).as("the sender is not told").isEqualTo("/send/carol");
        var mute = "/_matrix/client/v3/pushrules/global/room/" + segment(room);
        server.put(carol, mute, PushRulesTest.json("{\"actions\":[]}"));
        say(ann, room, "muted");
        take(0);
        server.call("DELETE", mute, carol, null);
        say(ann, room, "heard again");
        take(1);
        server.call("DELETE", PUSH, ann, null);
        assertThat(isSubscribed(ann)).isFalse();
    }

    @Test
    void aSubscriptionIsItsDevicesAndEndsWithIt() {
        var dan = subscribed("dan");
        var room = server.room(ann, dan);
        take(1);
        assertThat(isSubscribed(dan)).isTrue();
        assertThat(server.get(dan, "/_matrix/client/v3/pushers").body().path("pushers"))
                .as("no other app's business")
                .isEmpty();
        var key = server.get(dan, PUSH).text("application_server_key");
        server.restart();
        assertThat(isSubscribed(dan)).as("kept").isTrue();
        assertThat(server.get(dan, PUSH).text("application_server_key"))
                .as("for ever")
                .isEqualTo(key);
        var fay = subscribed("fay");
        server.put(fay, PUSH, service.browser("dan").subscription());
        assertThat(isSubscribed(dan)).as("the browser is another person's now").isFalse();
        assertThat(isSubscribed(fay)).isTrue();
        say(ann, room, "nobody is told");
        take(0);

        subscribe(dan, "dans-other");
        server.post(dan, "/_matrix/client/v3/logout", Json.object());
        server.post(fay, "/_matrix/client/v3/logout/all", Json.object());
        say(ann, room, "nobody is told");
        take(0);
        assertThat(kept(dan) + kept(fay)).isZero();
    }

    @Test
    @Rule("G24")
    void aPhoneReportedLostIsToldNothingUntilItIsFound() {
        var kit = subscribed("kit");
        var room = server.room(ann, kit);
        take(1);
        server.lock(kit, true);
        say(ann, room, "whoever has it learns nothing");
        take(0);
        server.lock(kit, false);
        say(ann, room, "found");
        take(1);
        assertThat(isSubscribed(kit)).isTrue();
    }

    private int kept(Person person) {
        return server.database()
                .read(tx -> tx.query("select count(*) from pusher where user_id = :user")
                        .bind("user", person.id())
                        .mapTo(Integer.class)
                        .one());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aSubscriptionThatThePushServiceKnowsNoLongerIsForgotten(int status) {
        var gil = subscribed("gil" + status);
        var room = server.room(ann, gil);
        take(1);
        service.answers(status);
        say(ann, room, "into the void");
        for (var i = 0; i < 100 && isSubscribed(gil); i++) {
            take(0);
        }
        service.answers(201);
        assertThat(isSubscribed(gil)).isFalse();
        assertThat(kept(gil)).isZero();
    }

    @Test
    void aPushServiceLeadsNowhereElse() {
        var hal = subscribed("hal");
        var room = server.room(ann, hal);
        take(1);
        service.answers(307);
        say(ann, room, "not followed");
        assertThat(take(1).getFirst().path()).isEqualTo("/send/hal");
        service.answers(201);
    }

    /// G5 of the abuse cases, at this door.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://push.evil.example/send/1",
                "http://fcm.googleapis.com/fcm/send/1",
                "https://fcm.googleapis.com:8443/fcm/send/1",
                "https://me@fcm.googleapis.com/fcm/send/1",
                "https://fcm.googleapis.com.evil.example/1",
                "https://push.apple.com/1",
                "https://127.0.0.1/1",
                "https://[::1]/1",
                "https://0.0.0.0/1",
                "https://2130706433/1",
                "https://0177.0.0.1/1",
                "https://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:1/1",
                "file:///etc/passwd",
                "gopher://fcm.googleapis.com/1",
                "https:///1",
                "//fcm.googleapis.com/1",
                "https://fcm.googleapis.com/1#x",
                "not an address"
            })
    void g5OnlyPushServicesOnTheListAreCalled(String endpoint) {
        var subscription = new TestBrowser(endpoint).subscription();
        var answer = server.put(ann, PUSH, subscription);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("errcode")).isEqualTo("M_FORBIDDEN");
        assertThat(kept(ann)).isZero();
        var usual = new WebPushHosts(PushSettings.USUAL_HOSTS);
        assertThat(allows(usual, endpoint)).isFalse();
        assertThat(allows(usual, "https://fcm.googleapis.com/fcm/send/1")).isTrue();
        assertThat(allows(usual, "https://web.push.apple.com/1")).isTrue();
    }

    private static boolean allows(WebPushHosts hosts, String endpoint) {
        try {
            return hosts.allowed(endpoint).isAbsolute();
        } catch (lanyard.standards.matrix.MatrixException e) {
            return false;
        }
    }

    @Test
    void whatNothingCouldBeEncryptedForIsRefused() {
        var good = service.browser("ines").subscription();
        for (var spoilt : List.of(
                with(good, "p256dh", "AAAA"),
                with(good, "p256dh", "not base64!"),
                with(
                        good,
                        "p256dh",
                        good.path("keys").path("p256dh").asString("").replaceFirst("^....", "BAAA")),
                with(good, "auth", "AAAA"),
                with(good, "auth", "not base64!"))) {
            var answer = server.put(ann, PUSH, spoilt);
            assertThat(answer.status()).as("%s", spoilt).isEqualTo(400);
            assertThat(answer.text("errcode")).isEqualTo("M_INVALID_PARAM");
        }
        assertThat(server.put(ann, PUSH, Json.object()).status()).isEqualTo(400);
        assertThat(server.call("PUT", PUSH, null, good).text("errcode")).isEqualTo("M_MISSING_TOKEN");
        assertThat(server.call("GET", PUSH, null, null).text("errcode")).isEqualTo("M_MISSING_TOKEN");
        assertThat(server.call("DELETE", PUSH, null, null).text("errcode")).isEqualTo("M_MISSING_TOKEN");
        assertThat(kept(ann)).isZero();
        var key = server.get(ann, PUSH).text("application_server_key");
        assertThat(TestBrowser.bytes(key)).hasSize(65);
    }

    private static ObjectNode with(ObjectNode subscription, String field, String value) {
        var copy = subscription.deepCopy();
        ((ObjectNode) copy.get("keys")).put(field, value);
        return copy;
    }

    /// Of several that came while its push service was away, a phone is told once.
    @Test
    @Hazard("H11")
    void whatAPhoneHasMissedItIsToldOfOnce() throws InterruptedException {
        var jo = subscribed("jo");
        var room = server.room(ann, jo);
        take(1);
        service.answers(503);
        say(ann, room, "missed");
        say(ann, room, "missed too");
        Thread.sleep(MOMENT);
        server.restart();
        service.answers(201);
        var told = take(1).getFirst();
        assertThat(told.path()).isEqualTo("/send/jo");
        assertThat(told.opened()).contains("You have a new message");
    }
}
