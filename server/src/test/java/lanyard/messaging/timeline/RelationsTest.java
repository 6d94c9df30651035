package lanyard.messaging.timeline;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Edits, threads, reactions and what is found by them; filters of events.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsTest {
    private static final String V1 = "/_matrix/client/v1/rooms/";
    private static final String V3 = "/_matrix/client/v3/rooms/";

    private TestServer server;
    private Person alice;
    private Person bob;
    private int transactions;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String send(Person sender, String room, String text, String relation, String target) {
        var type = relation.equals("m.annotation") ? "m.reaction" : "m.room.message";
        var content = Json.object().put("msgtype", "m.text").put("body", text);
        if (!relation.isEmpty()) {
            content.putObject("m.relates_to").put("rel_type", relation).put("event_id", target);
        }
        if (relation.equals("m.replace")) {
            content.putObject("m.new_content").put("msgtype", "m.text").put("body", text);
        }
        if (relation.equals("m.annotation")) {
            ((tools.jackson.databind.node.ObjectNode) content.get("m.relates_to")).put("key", text);
        }
        var path = V3 + segment(room) + "/send/" + type + "/r" + transactions++;
        return server.put(sender, path, content).text("event_id");
    }

    private Answer relations(String room, String event, String rest) {
        return server.get(bob, V1 + segment(room) + "/relations/" + segment(event) + rest);
    }

    private static List<String> bodies(Answer answer) {
        return answer.body()
                .path("chunk")
                .valueStream()
                .map(event -> event.path("content").path("body").asString(""))
                .toList();
    }

    private JsonNode bundle(String room, String event) {
        return server.get(bob, V3 + segment(room) + "/event/" + segment(event))
                .body()
                .path("unsigned")
                .path("m.relations");
    }

    @Test
    void relationsAreFoundByKindInBothDirectionsPageByPage() {
        var room = server.room(alice, bob);
        var event = send(alice, room, "hello", "", "");
        for (var i = 0; i < 5; i++) {
            send(bob, room, "t" + i, "m.thread", event);
        }
        var reaction = send(bob, room, "+", "m.annotation", event);
        send(alice, room, "r", "m.reference", event);
        assertThat(bodies(relations(room, event, ""))).containsExactly("r", "+", "t4", "t3", "t2", "t1", "t0");
        assertThat(bodies(relations(room, event, "/m.thread?dir=f"))).containsExactly("t0", "t1", "t2", "t3", "t4");
        assertThat(bodies(relations(room, event, "/m.annotation/m.reaction"))).containsExactly("+");
        assertThat(bodies(relations(room, event, "/m.annotation/m.room.message")))
                .isEmpty();
        var first = relations(room, event, "/m.thread?limit=2");
        assertThat(bodies(first)).containsExactly("t4", "t3");
        var second = relations(room, event, "/m.thread?limit=2&from=" + first.text("next_batch"));
        assertThat(bodies(second)).containsExactly("t2", "t1");
        assertThat(second.text("prev_batch")).isNotEmpty();
        var last = relations(room, event, "/m.thread?limit=2&from=" + second.text("next_batch"));
        assertThat(bodies(last)).containsExactly("t0");
        assertThat(last.body().has("next_batch")).isFalse();
        send(alice, room, "about the reaction", "m.reference", reaction);
        assertThat(bodies(relations(room, event, "?recurse=true"))).contains("about the reaction");
        assertThat(relations(room, event, "?recurse=true")
                        .body()
                        .path("recursion_depth")
                        .asInt(0))
                .isGreaterThanOrEqualTo(2);
        assertThat(bodies(relations(room, event, ""))).doesNotContain("about the reaction");
        assertThat(relations(room, event, "?dir=x").status()).isEqualTo(400);
        assertThat(relations(room, event, "?limit=-1").status()).isEqualTo(400);
    }

    @Test
    void theNewestValidEditIsShownWithTheMessage() {
        var room = server.room(alice, bob);
        var event = send(alice, room, "helo", "", "");
        send(alice, room, "hello", "m.replace", event);
        send(bob, room, "not yours", "m.replace", event);
        var edit = send(alice, room, "hello!", "m.replace", event);
        assertThat(bundle(room, event).path("m.replace").path("event_id").asString(""))
                .isEqualTo(edit);
        var page = server.get(bob, V3 + segment(room) + "/messages?dir=f&limit=100");
        assertThat(page.body().toString()).contains("\"m.relations\":{\"m.replace\":{");
        assertThat(server.sync(bob, null).body().toString()).contains("\"m.relations\":{\"m.replace\":{");
        server.put(alice, V3 + segment(room) + "/redact/" + segment(edit) + "/x" + transactions++, Json.object());
        assertThat(bundle(room, event)
                        .path("m.replace")
                        .path("content")
                        .path("m.new_content")
                        .path("body")
                        .asString(""))
                .isEqualTo("hello");
    }

    @Test
    void aThreadIsSummedUpAndListed() {
        var room = server.room(alice, bob);
        var one = send(alice, room, "one", "", "");
        var two = send(alice, room, "two", "", "");
        send(bob, room, "reply", "m.thread", one);
        var late = send(alice, room, "alice in two", "m.thread", two);
        send(alice, room, "alice in two, edited", "m.replace", late);
        var thread = bundle(room, one).path("m.thread");
        assertThat(thread.path("count").asInt(0)).isEqualTo(1);
        assertThat(thread.path("current_user_participated").asBoolean(false)).isTrue();
        var other = bundle(room, two).path("m.thread");
        assertThat(other.path("current_user_participated").asBoolean(true)).isFalse();
        assertThat(other.path("latest_event")
                        .path("unsigned")
                        .path("m.relations")
                        .has("m.replace"))
                .isTrue();
        var threads = V1 + segment(room) + "/threads";
        assertThat(bodies(server.get(bob, threads))).containsExactly("two", "one");
        assertThat(bodies(server.get(bob, threads + "?include=participated"))).containsExactly("one");
        var first = server.get(bob, threads + "?limit=1");
        assertThat(bodies(first)).containsExactly("two");
        assertThat(bodies(server.get(bob, threads + "?limit=1&from=" + first.text("next_batch"))))
                .containsExactly("one");
        assertThat(server.get(bob, threads + "?include=mine").status()).isEqualTo(400);
    }

    /// D10 of the abuse cases: what is about something elsewhere, or about itself, is about nothing here.
    @Test
    void relationsToOtherRoomsAndLoopsAreIgnored() {
        var room = server.room(alice, bob);
        var other = server.room(alice, bob);
        var event = send(alice, room, "here", "", "");
        send(alice, other, "from elsewhere", "m.thread", event);
        assertThat(bodies(relations(room, event, ""))).isEmpty();
        assertThat(bundle(room, event).isMissingNode()).isTrue();
        var foreign = send(alice, other, "there", "", "");
        assertThat(relations(room, foreign, "").status()).isEqualTo(404);
        assertThat(send(alice, room, "no event", "m.thread", "nonsense")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"types\":[\"m.reaction\"]}|+",
                "{\"types\":[\"m.rea*\"]}|+",
                "{\"not_types\":[\"m.room.*\"]}|+",
                "{\"senders\":[\"@bob:lanyard.localhost\"],\"types\":[\"m.room.message\"]}|from bob",
                "{\"contains_url\":true}|file",
                "{\"related_by_rel_types\":[\"m.annotation\"]}|liked",
                "{\"related_by_senders\":[\"@bob:lanyard.localhost\"],\"related_by_rel_types\":[\"m.thread\"]}|root"
            })
    void messagesAreFiltered(String filter, String expected) {
        var room = server.room(alice, bob);
        var liked = send(alice, room, "liked", "", "");
        send(bob, room, "+", "m.annotation", liked);
        var root = send(alice, room, "root", "", "");
        send(bob, room, "from bob", "m.thread", root);
        var file = Json.object().put("msgtype", "m.file").put("body", "file").put("url", "mxc://a/b");
        server.put(alice, V3 + segment(room) + "/send/m.room.message/f" + transactions++, file);
        var page = server.get(bob, V3 + segment(room) + "/messages?dir=b&limit=5&filter=" + segment(filter));
        assertThat(bodies(page)).containsExactly(expected);
    }

    @Test
    void aFilterOfNonsenseIsRefusedAndAWildOneIsQuick() {
        var room = server.room(alice, bob);
        var path = V3 + segment(room) + "/messages?dir=b&filter=";
        assertThat(server.get(bob, path + segment("{\"types\":\"x\"}")).status())
                .isEqualTo(400);
        assertThat(server.get(bob, path + segment("{\"types\":[1]}")).status()).isEqualTo(400);
        var wild = "{\"types\":[\"" + "*a".repeat(60) + "*b\"]}";
        var before = System.nanoTime();
        assertThat(server.get(bob, path + segment(wild)).status()).isEqualTo(200);
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
    }

    @Test
    void anEventIsFoundByWhenItWasSent() throws Exception {
        var room = server.room(alice, bob);
        var one = send(alice, room, "one", "", "");
        Thread.sleep(20);
        var two = send(alice, room, "two", "", "");
        var at = server.get(bob, V3 + segment(room) + "/event/" + segment(two))
                .body()
                .path("origin_server_ts")
                .asLong(0);
        var path = V1 + segment(room) + "/timestamp_to_event?ts=";
        assertThat(server.get(bob, path + at + "&dir=f").text("event_id")).isEqualTo(two);
        assertThat(server.get(bob, path + (at - 1) + "&dir=b").text("event_id")).isEqualTo(one);
        assertThat(server.get(bob, path + (at + 10_000) + "&dir=f").status()).isEqualTo(404);
        assertThat(server.get(bob, path + "x&dir=f").status()).isEqualTo(400);
        assertThat(server.get(bob, path + at).status()).isEqualTo(400);
    }
}
