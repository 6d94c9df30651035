package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LazyMembersTest {
    private static final String LAZY =
            segment("{\"room\":{\"state\":{\"lazy_load_members\":true},\"timeline\":{\"limit\":5}}}");
    private static final String REDUNDANT =
            segment("{\"room\":{\"state\":{\"lazy_load_members\":true,\"include_redundant_members\":true}}}");

    private TestServer server;
    private Person alice;
    private Person bob;
    private Person carol;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        carol = server.register("carol");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Answer sync(Person person, String filter, String since) {
        return server.get(
                person, "/_matrix/client/v3/sync?filter=" + filter + (since.isEmpty() ? "" : "&since=" + since));
    }

    private static String members(Answer sync, String room) {
        return members(
                sync.body().path("rooms").path("join").path(room).path("state").path("events"));
    }

    private static String members(JsonNode events) {
        return events.valueStream()
                .filter(event -> event.path("type").asString("").equals("m.room.member"))
                .map(event -> event.path("state_key").asString(""))
                .sorted()
                .toList()
                .toString();
    }

    /// A room long enough that its first events, the joins, are not among the last five.
    private String longRoom() {
        var room = server.room(alice, bob, carol);
        server.put(
                alice,
                "/_matrix/client/v3/rooms/" + segment(room) + "/state/m.room.name",
                Json.object().put("name", "Ward 4"));
        for (var i = 0; i < 6; i++) {
            server.send(alice, room, "long" + i, "m" + i);
        }
        return room;
    }

    @Test
    void aMessageBringsItsSendersMemberEventOnce() {
        var room = longRoom();
        var first = sync(bob, LAZY, "");
        assertThat(members(first, room)).contains(alice.id(), bob.id()).doesNotContain(carol.id());
        server.send(carol, room, "c1", "carol speaks");
        var second = sync(bob, LAZY, first.text("next_batch"));
        assertThat(members(second, room)).isEqualTo("[" + carol.id() + "]");
        var again = sync(bob, LAZY, first.text("next_batch"));
        assertThat(members(again, room)).as("a lost answer").isEqualTo("[" + carol.id() + "]");
        server.send(carol, room, "c2", "carol again");
        var third = sync(bob, LAZY, second.text("next_batch"));
        assertThat(third.body().toString()).contains("carol again");
        assertThat(members(third, room)).isEqualTo("[]");
        server.send(carol, room, "c3", "once more");
        var redundant = sync(bob, REDUNDANT, third.text("next_batch"));
        assertThat(members(redundant, room)).isEqualTo("[" + carol.id() + "]");
    }

    @Test
    void aNewFirstSyncIsToldAfresh() {
        var room = longRoom();
        var first = sync(bob, LAZY, "");
        server.send(carol, room, "d1", "one");
        var second = sync(bob, LAZY, first.text("next_batch"));
        assertThat(members(second, room)).contains(carol.id());
        for (var i = 0; i < 6; i++) {
            server.send(alice, room, "d2" + i, "push carol out of the timeline");
        }
        var anew = sync(bob, LAZY, "");
        server.send(carol, room, "d3", "two");
        assertThat(members(sync(bob, LAZY, anew.text("next_batch")), room)).contains(carol.id());
    }

    @Test
    void aChangedNameIsTold() {
        var room = longRoom();
        server.send(carol, room, "e1", "one");
        var first = sync(bob, LAZY, "");
        var renamed = Json.object().put("membership", "join").put("displayname", "Carol C");
        server.put(
                carol,
                "/_matrix/client/v3/rooms/" + segment(room) + "/state/m.room.member/" + segment(carol.id()),
                renamed);
        for (var i = 0; i < 6; i++) {
            server.send(alice, room, "e2" + i, "a gap");
        }
        var gap = sync(bob, LAZY, first.text("next_batch"));
        server.send(carol, room, "e3", "two");
        var after = sync(bob, LAZY, gap.text("next_batch"));
        assertThat(gap.body().toString() + after.body()).contains("Carol C");
    }

    @Test
    void whoNamesARoomIsTold() {
        var room = server.room(alice, bob, carol);
        for (var i = 0; i < 6; i++) {
            server.send(alice, room, "h" + i, "m" + i);
        }
        assertThat(members(sync(bob, LAZY, ""), room)).contains(carol.id());
    }

    @Test
    void messagesAndContextCarryTheSendersOnly() {
        var room = longRoom();
        var event = server.send(carol, room, "f1", "from carol").text("event_id");
        var path = "/_matrix/client/v3/rooms/" + segment(room);
        var lazy = "&limit=1&filter=" + segment("{\"lazy_load_members\":true}");
        var messages = server.get(bob, path + "/messages?dir=b" + lazy);
        assertThat(members(messages.body().path("state"))).isEqualTo("[" + carol.id() + "]");
        var context = server.get(bob, path + "/context/" + segment(event) + "?x=1" + lazy);
        assertThat(members(context.body().path("state"))).contains(carol.id()).doesNotContain(bob.id());
        var whole = server.get(bob, path + "/context/" + segment(event) + "?limit=1");
        assertThat(members(whole.body().path("state"))).contains(alice.id(), bob.id(), carol.id());
    }
}
