package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lanyard.Behind;
import lanyard.Parked;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// As Element X and matrix-js-sdk ask.
class SlidingSyncTest {
    private static final String UNSTABLE = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";
    private static final String MERGED = "/_matrix/client/v4/sync";

    private TestServer server;
    private Person alice;
    private Person bob;

    @BeforeEach
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ObjectNode asked(int from, int to, int timelineLimit) {
        var body = Json.object().put("conn_id", "room-list");
        var list = body.putObject("lists").putObject("all").put("timeline_limit", timelineLimit);
        list.putArray("ranges").addArray().add(from).add(to);
        var state = list.putArray("required_state");
        state.addArray().add("m.room.create").add("");
        state.addArray().add("m.room.member").add("$LAZY");
        state.addArray().add("m.room.member").add("$ME");
        for (var extension : List.of("to_device", "e2ee", "account_data", "receipts", "typing")) {
            body.withObject("/extensions/" + extension).put("enabled", true);
        }
        return body;
    }

    private Answer sync(Person person, ObjectNode body, String pos) {
        return server.post(person, UNSTABLE + (pos.isEmpty() ? "" : "?pos=" + segment(pos)), body);
    }

    private static List<String> rooms(Answer answer) {
        return List.copyOf(answer.body().path("rooms").propertyNames());
    }

    private static String bodies(JsonNode timeline) {
        return timeline.valueStream()
                .map(event -> event.path("content").path("body").asString(""))
                .filter(body -> !body.isEmpty())
                .toList()
                .toString();
    }

    @Test
    void aWindowShowsTheNewestRoomsAndThenOnlyWhatIsNew() {
        var one = server.room(alice, bob);
        var two = server.room(alice, bob);
        var three = server.room(alice, bob);
        server.send(alice, one, "t1", "first");
        var first = sync(bob, asked(0, 1, 1), "");
        assertThat(first.body().path("lists").path("all").path("count").asInt(0))
                .isEqualTo(3);
        assertThat(rooms(first)).containsExactlyInAnyOrder(one, three);
        var room = first.body().path("rooms").path(one);
        assertThat(room.path("initial").asBoolean(false)).isTrue();
        assertThat(bodies(room.path("timeline"))).isEqualTo("[first]");
        assertThat(room.path("limited").asBoolean(false)).isTrue();
        assertThat(room.path("heroes").path(0).path("user_id").asString("")).isEqualTo(alice.id());
        assertThat(room.path("joined_count").asInt(0)).isEqualTo(2);
        assertThat(room.path("required_state").toString())
                .contains("m.room.create", alice.id(), bob.id())
                .doesNotContain("power_levels");
        assertThat(room.path("bump_stamp").asLong(0))
                .isGreaterThan(first.body()
                        .path("rooms")
                        .path(three)
                        .path("bump_stamp")
                        .asLong(Long.MAX_VALUE));
        var idle = sync(bob, asked(0, 1, 1), first.text("pos"));
        assertThat(rooms(idle)).isEmpty();
        server.send(alice, two, "t2", "second");
        var next = sync(bob, asked(0, 1, 1), idle.text("pos"));
        assertThat(rooms(next)).containsExactly(two);
        server.send(alice, one, "t3", "third");
        var delta = sync(bob, asked(0, 1, 1), next.text("pos"));
        assertThat(rooms(delta)).containsExactly(one);
        var changed = delta.body().path("rooms").path(one);
        assertThat(changed.has("initial")).isFalse();
        assertThat(bodies(changed.path("timeline"))).isEqualTo("[third]");
        assertThat(changed.path("num_live").asInt(0)).isEqualTo(1);
        assertThat(changed.path("required_state").isEmpty()).isTrue();
        var wider = sync(bob, asked(0, 9, 1), delta.text("pos"));
        assertThat(rooms(wider)).isEmpty();
    }

    @Test
    void aLostAnswerIsGivenAgainAndAnUnknownPlaceStartsAnew() {
        var room = server.room(alice, bob);
        var first = sync(bob, asked(0, 9, 5), "");
        server.send(alice, room, "l1", "once");
        var lost = sync(bob, asked(0, 9, 5), first.text("pos"));
        var again = sync(bob, asked(0, 9, 5), first.text("pos"));
        assertThat(again.body().path("rooms").path(room).path("timeline"))
                .isEqualTo(lost.body().path("rooms").path(room).path("timeline"));
        assertThat(rooms(sync(bob, asked(0, 9, 5), again.text("pos")))).isEmpty();
        for (var pos : List.of("nonsense", first.text("pos") + "0", "l1_abcdefgh_0.1~1")) {
            assertThat(sync(bob, asked(0, 9, 5), pos).text("errcode")).as(pos).isEqualTo("M_UNKNOWN_POS");
        }
        assertThat(sync(alice, asked(0, 9, 5), again.text("pos")).text("errcode"))
                .isEqualTo("M_UNKNOWN_POS");
        server.restart();
        assertThat(sync(bob, asked(0, 9, 5), again.text("pos")).text("errcode")).isEqualTo("M_UNKNOWN_POS");
        assertThat(rooms(sync(bob, asked(0, 9, 5), ""))).containsExactly(room);
    }

    @Test
    void aParkedRequestIsWoken() throws Exception {
        var room = server.room(alice, bob);
        var parked = Parked.poll(() -> {
            var first = sync(bob, asked(0, 9, 5), "").text("pos");
            Behind.receiptsAreKept(server);
            var pos = sync(bob, asked(0, 9, 5), first).text("pos");
            return () -> server.post(bob, UNSTABLE + "?timeout=20000&pos=" + segment(pos), asked(0, 9, 5));
        });
        server.send(alice, room, "w1", "wake");
        assertThat(parked.get(10, TimeUnit.SECONDS).body().toString()).contains("wake");
    }

    @Test
    void moreTimelineIsGivenWhenMoreIsAsked() {
        var room = server.room(alice, bob);
        for (var i = 0; i < 5; i++) {
            server.send(alice, room, "m" + i, "m" + i);
        }
        var first = sync(bob, asked(0, 9, 1), "");
        assertThat(bodies(first.body().path("rooms").path(room).path("timeline")))
                .isEqualTo("[m4]");
        var body = asked(0, 9, 1);
        var subscription = body.putObject("room_subscriptions").putObject(room).put("timeline_limit", 3);
        subscription.putArray("required_state").addArray().add("*").add("*");
        var more = sync(bob, body, first.text("pos"));
        var shown = more.body().path("rooms").path(room);
        assertThat(bodies(shown.path("timeline"))).isEqualTo("[m2, m3, m4]");
        assertThat(shown.path("unstable_expanded_timeline").asBoolean(false)).isTrue();
        assertThat(shown.path("required_state").toString()).contains("m.room.power_levels");
        assertThat(rooms(sync(bob, body, more.text("pos")))).isEmpty();
    }

    /// matrix-js-sdk names a room once, and again when it no longer wants it.
    @Test
    void aSubscriptionStaysUntilItIsTakenBack() {
        var room = server.room(alice, bob);
        var body = Json.object();
        body.putObject("room_subscriptions").putObject(room).put("timeline_limit", 5);
        var first = sync(bob, body, "");
        assertThat(rooms(first)).containsExactly(room);
        server.send(alice, room, "s1", "one");
        var second = sync(bob, Json.object(), first.text("pos"));
        assertThat(rooms(second)).containsExactly(room);
        server.send(alice, room, "s2", "two");
        var back = Json.object();
        back.putArray("unsubscribe_rooms").add(room);
        var third = sync(bob, back, second.text("pos"));
        assertThat(rooms(third)).isEmpty();
        server.send(alice, room, "s3", "three");
        assertThat(rooms(sync(bob, Json.object(), third.text("pos")))).isEmpty();
    }

    @Test
    void filtersChooseRooms() {
        var plain = server.room(alice, bob);
        var space = Json.object();
        space.putObject("creation_content").put("type", "m.space");
        space.putArray("invite").add(bob.id());
        var asking = server.post(alice, "/_matrix/client/v3/createRoom", space).text("room_id");
        var direct = Json.object();
        direct.putArray(alice.id()).add(plain);
        server.put(bob, "/_matrix/client/v3/user/" + segment(bob.id()) + "/account_data/m.direct", direct);
        record Case(String filter, String expected) {}
        for (var one : List.of(
                new Case("{\"is_dm\":true}", plain),
                new Case("{\"is_invite\":true}", asking),
                new Case("{\"is_invite\":false}", plain),
                new Case("{\"room_types\":[null]}", plain),
                new Case("{\"room_types\":[\"m.space\"]}", asking),
                new Case("{\"not_room_types\":[\"m.space\"]}", plain))) {
            var body = asked(0, 9, 1);
            body.withObject("/lists/all")
                    .set("filters", Json.object(one.filter().getBytes(StandardCharsets.UTF_8)));
            assertThat(rooms(sync(bob, body, ""))).as(one.filter()).containsExactly(one.expected());
        }
        var body = asked(0, 9, 1);
        body.withObject("/lists/all").putObject("filters").put("is_encrypted", true);
        assertThat(rooms(sync(bob, body, ""))).isEmpty();
        assertThat(sync(bob, asked(0, 9, 1), "")
                        .body()
                        .path("rooms")
                        .path(asking)
                        .path("invite_state")
                        .isEmpty())
                .isFalse();
    }

    @Test
    void extensionsCarryWhatIsNotOfTimelines() {
        var room = server.room(alice, bob);
        var first = sync(bob, asked(0, 9, 5), "");
        var extensions = first.body().path("extensions");
        assertThat(extensions.path("account_data").path("global").toString()).contains("m.push_rules");
        assertThat(extensions.path("e2ee").has("device_one_time_keys_count")).isTrue();
        var typing = "/_matrix/client/v3/rooms/" + segment(room) + "/typing/" + segment(alice.id());
        server.put(alice, typing, Json.object().put("typing", true).put("timeout", 20_000));
        var messages = Json.object();
        messages.putObject("messages")
                .putObject(bob.id())
                .putObject(bob.device())
                .put("hello", "device");
        server.put(alice, "/_matrix/client/v3/sendToDevice/m.test/x1", messages);
        var second = sync(bob, asked(0, 9, 5), first.text("pos"));
        extensions = second.body().path("extensions");
        assertThat(extensions.path("typing").path("rooms").path(room).toString())
                .contains(alice.id());
        assertThat(extensions.path("to_device").path("events").size()).isEqualTo(1);
        var held = asked(0, 9, 5);
        held.withObject("/extensions/to_device")
                .put("since", extensions.path("to_device").path("next_batch").asString(""));
        var third = sync(bob, held, second.text("pos"));
        assertThat(third.body()
                        .path("extensions")
                        .path("to_device")
                        .path("events")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aRoomOneHasLeftIsShownOnceMoreAndOthersRoomsNever() {
        var room = server.room(alice, bob);
        var foreign = server.room(alice);
        var body = asked(0, 9, 5);
        body.putObject("room_subscriptions").putObject(foreign).put("timeline_limit", 5);
        var first = sync(bob, body, "");
        assertThat(rooms(first)).containsExactly(room);
        server.post(bob, "/_matrix/client/v3/rooms/" + segment(room) + "/leave", Json.object());
        server.send(alice, room, "a1", "behind your back");
        var left = sync(bob, body, first.text("pos"));
        assertThat(left.body().path("rooms").path(room).path("membership").asString(""))
                .isEqualTo("leave");
        assertThat(left.body().toString()).doesNotContain("behind your back");
        assertThat(rooms(sync(bob, body, left.text("pos")))).isEmpty();
        assertThat(rooms(sync(bob, body, ""))).isEmpty();
    }

    @Test
    void theMergedFormSaysTheSame() {
        var room = server.room(alice, bob);
        server.send(alice, room, "v4", "merged");
        var body = Json.object().put("conn_id", "main");
        var list = body.putObject("lists").putObject("all").put("timeline_limit", 5);
        list.putArray("range").add(0).add(19);
        var state = list.putObject("required_state").put("lazy_members", true);
        state.putArray("include").addObject();
        state.putArray("exclude").addObject().put("type", "m.room.member");
        var answer = server.post(bob, MERGED, body);
        var shown = answer.body().path("rooms").path(room);
        assertThat(bodies(shown.path("timeline_events"))).isEqualTo("[merged]");
        assertThat(shown.path("lists").path(0).asString("")).isEqualTo("all");
        assertThat(shown.path("membership").asString("")).isEqualTo("join");
        assertThat(shown.path("required_state").toString()).contains("m.room.power_levels", alice.id());
        var next = server.post(bob, MERGED, body.put("pos", answer.text("pos")).put("timeout", 0));
        assertThat(rooms(next)).isEmpty();
        var messages = server.get(
                bob,
                "/_matrix/client/v3/rooms/" + segment(room) + "/messages?dir=b&from=" + segment(answer.text("pos")));
        assertThat(messages.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lists\":[]}",
                "{\"lists\":{\"a\":{\"ranges\":[[5,1]]}}}",
                "{\"lists\":{\"a\":{\"ranges\":[[-1,1]]}}}",
                "{\"lists\":{\"a\":{\"ranges\":[[0]]}}}",
                "{\"room_subscriptions\":{\"nonsense\":{}}}",
                "{\"lists\":{\"a\":{\"timeline_limit\":\"x\"}}}"
            })
    void nonsenseIsRefused(String body) {
        assertThat(server.raw("POST", UNSTABLE, bob, body.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void endlessWishesAreClampedOrRefused() {
        var room = server.room(alice, bob);
        assertThat(rooms(sync(bob, asked(0, Integer.MAX_VALUE, 1_000_000), ""))).containsExactly(room);
        var body = Json.object();
        for (var i = 0; i < 1000; i++) {
            body.withObject("/lists").putObject("l" + i);
        }
        assertThat(sync(bob, body, "").status()).isEqualTo(400);
        assertThat(server.post(new Person(bob.id(), bob.device(), "x"), UNSTABLE, Json.object())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aRoomIsCalledDirectAsSoonAsItsPersonSaysSo() {
        var room = server.room(alice, bob);
        var first = sync(bob, asked(0, 9, 1), "");
        assertThat(first.body().path("rooms").path(room).has("is_dm")).isFalse();
        var path = "/_matrix/client/v3/user/" + segment(bob.id()) + "/account_data/m.direct";
        var direct = Json.object();
        direct.putArray(alice.id()).add(room);
        server.put(bob, path, direct);
        var second = sync(bob, asked(0, 9, 1), first.text("pos"));
        assertThat(second.body().path("rooms").path(room).path("is_dm").asBoolean(false))
                .isTrue();
        assertThat(rooms(sync(bob, asked(0, 9, 1), second.text("pos")))).isEmpty();
        server.put(bob, path, Json.object());
        var third = sync(bob, asked(0, 9, 1), second.text("pos"));
        assertThat(third.body().path("rooms").path(room).path("is_dm").asBoolean(true))
                .isFalse();
    }

    /// The last message is further back than a room remembers, under reactions.
    @Test
    void theBumpStampIsTheLastMessagesHoweverFarBack() {
        var room = server.room(alice, bob);
        var message = server.send(alice, room, "m", "the last words").text("event_id");
        var before = sync(bob, asked(0, 9, 1), "").body().path("rooms").path(room);
        for (var i = 0; i < 80; i++) {
            var content = Json.object();
            content.putObject("m.relates_to")
                    .put("rel_type", "m.annotation")
                    .put("event_id", message)
                    .put("key", "k" + i);
            var path = "/_matrix/client/v3/rooms/" + segment(room) + "/send/m.reaction/r" + i;
            assertThat(server.put(alice, path, content).status()).isEqualTo(200);
        }
        server.restart();
        var after = sync(bob, asked(0, 9, 1), "").body().path("rooms").path(room);
        assertThat(before.path("bump_stamp").asLong(0)).isGreaterThan(1);
        assertThat(after.path("bump_stamp")).isEqualTo(before.path("bump_stamp"));
    }

    /// After a restart no room is in memory, and a window still costs a handful of statements.
    @Test
    void aWindowCostsNoStatementForEachRoom() {
        for (var i = 0; i < 40; i++) {
            server.room(alice, bob);
        }
        server.restart();
        server.get(bob, "/_matrix/client/v3/account/whoami");
        var statements = server.database().statements();
        assertThat(rooms(sync(bob, asked(0, 19, 5), ""))).hasSize(20);
        assertThat(server.database().statements() - statements).isLessThan(35);
    }
}
