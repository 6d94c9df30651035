package lanyard.messaging.push;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import lanyard.Behind;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a sync counts: <https://spec.matrix.org/v1.18/client-server-api/#receiving-notifications>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadTest {
    private static final String V3 = "/_matrix/client/v3/";

    private final TestServer server = TestServer.conformance();
    private Person ann = new Person("", "", "");
    private Person bob = new Person("", "", "");
    private String room = "";
    private int transaction;

    @BeforeEach
    void aRoom(TestInfo info) {
        var number = Math.floorMod(info.getDisplayName().hashCode(), 1_000_000);
        ann = server.register("ann" + number);
        bob = server.register("bob" + number);
        room = server.room(ann, bob);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private String send(Person sender, String type, String content) {
        var path = V3 + "rooms/" + segment(room) + "/send/" + type + "/t" + transaction++;
        var answer = server.put(sender, path, PushRulesTest.json(content));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.text("event_id");
    }

    private String say(Person sender, String more) {
        return send(sender, "m.room.message", "{\"msgtype\":\"m.text\",\"body\":\"the cake is here\"" + more + "}");
    }

    private JsonNode room(String filter) {
        var sync = server.get(bob, V3 + "sync?filter=" + segment(filter));
        return sync.body().path("rooms").path("join").path(room);
    }

    private void counts(int notifications, int highlights) {
        assertThat(room("{}").path("unread_notifications"))
                .isEqualTo(
                        Json.object().put("notification_count", notifications).put("highlight_count", highlights));
    }

    private void read(String event, String thread) {
        var body = thread.isEmpty() ? Json.object() : Json.object().put("thread_id", thread);
        var path = V3 + "rooms/" + segment(room) + "/receipt/m.read/" + segment(event);
        assertThat(server.post(bob, path, body).status()).isEqualTo(200);
        Behind.receiptsAreKept(server);
    }

    private Answer rule(String path, String body) {
        return server.put(bob, V3 + "pushrules/global/" + path, PushRulesTest.json(body));
    }

    @Test
    void messagesCountAndNoticesEditsAndReactionsDoNot() {
        var first = say(ann, "");
        counts(1, 0);
        send(ann, "m.room.message", "{\"msgtype\":\"m.notice\",\"body\":\"robot\"}");
        say(ann, ",\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"" + first + "\"}");
        send(
                ann,
                "m.reaction",
                "{\"m.relates_to\":{\"rel_type\":\"m.annotation\",\"event_id\":\"" + first + "\",\"key\":\"+\"}}");
        counts(1, 0);
        send(ann, "m.room.encrypted", "{\"algorithm\":\"m.megolm.v1.aes-sha2\",\"ciphertext\":\"x\"}");
        counts(2, 0);
        say(bob, "");
        counts(0, 0);
    }

    @Test
    void aMentionStandsOutUntilItIsRead() {
        say(ann, "");
        var mention = say(ann, ",\"m.mentions\":{\"user_ids\":[\"" + bob.id() + "\"]}");
        say(ann, ",\"m.mentions\":{\"user_ids\":[\"" + ann.id() + "\"]}");
        counts(3, 1);
        say(ann, ",\"m.mentions\":{\"room\":true}");
        counts(4, 2);
        read(mention, "");
        counts(2, 1);
    }

    @Test
    void everybodyIsMentionedOnlyByWhoMay() {
        say(bob, "");
        server.put(
                ann,
                V3 + "rooms/" + segment(room) + "/state/m.room.power_levels",
                PushRulesTest.json("{\"users\":{\"" + bob.id() + "\":0},\"notifications\":{\"room\":50}}"));
        say(ann, ",\"m.mentions\":{\"room\":true}");
        counts(1, 1);
        var carol = server.register("carol" + Math.floorMod(room.hashCode(), 1_000_000));
        server.post(
                ann, V3 + "rooms/" + segment(room) + "/invite", Json.object().put("user_id", carol.id()));
        server.post(carol, V3 + "join/" + segment(room), Json.object());
        say(carol, ",\"m.mentions\":{\"room\":true}");
        counts(2, 1);
    }

    @Test
    void aMutedRoomAWordAndASenderAreCountedByOnesOwnRules() {
        say(ann, "");
        rule("room/" + segment(room), "{\"actions\":[]}");
        counts(0, 0);
        say(ann, "");
        counts(0, 0);
        rule("content/cake", "{\"pattern\":\"cake\",\"actions\":[\"notify\",{\"set_tweak\":\"highlight\"}]}");
        counts(2, 2);
        rule("override/.m.rule.master/enabled", "{\"enabled\":true}");
        counts(0, 0);
        rule("override/.m.rule.master/enabled", "{\"enabled\":false}");
        rule("content/cake/enabled", "{\"enabled\":false}");
        rule("room/" + segment(room) + "/enabled", "{\"enabled\":false}");
        counts(2, 0);
        rule("sender/" + segment(ann.id()), "{\"actions\":[]}");
        counts(0, 0);
    }

    @Test
    void conditionsOfTheRoomAreAsked() {
        rule("override/small", "{\"actions\":[],\"conditions\":[{\"kind\":\"room_member_count\",\"is\":\"<3\"}]}");
        say(ann, "");
        counts(0, 0);
        rule("override/small", "{\"actions\":[],\"conditions\":[{\"kind\":\"room_member_count\",\"is\":\">2\"}]}");
        counts(1, 0);
        rule("override/small", "{\"actions\":[],\"conditions\":[{\"kind\":\"org.example.unknown\"}]}");
        counts(1, 0);
        rule("override/name", "{\"actions\":[],\"conditions\":[{\"kind\":\"contains_display_name\"}]}");
        counts(1, 0);
        send(
                ann,
                "m.room.message",
                "{\"msgtype\":\"m.text\",\"body\":\"hello "
                        + bob.id().substring(1, bob.id().indexOf(':')) + "!\"}");
        counts(1, 0);
    }

    @Test
    void threadsAreCountedApartWhenAskedFor() {
        var root = say(ann, "");
        var inThread = ",\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":\"" + root + "\"}";
        say(ann, inThread);
        var second = say(ann, inThread + ",\"m.mentions\":{\"user_ids\":[\"" + bob.id() + "\"]}");
        counts(3, 1);
        threads(1, 0, root, 2, 1);
        read(root, "main");
        threads(0, 0, root, 2, 1);
        read(second, root);
        threads(0, 0, root, 0, 0);
        say(ann, "");
        threads(1, 0, root, 0, 0);
    }

    private void threads(int main, int mainHighlights, String root, int inThread, int highlights) {
        var section = room("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");
        assertThat(section.path("unread_notifications")).isEqualTo(count(main, mainHighlights));
        var ofThread = section.path("unread_thread_notifications").path(root);
        if (inThread == 0) {
            assertThat(ofThread.isMissingNode()).isTrue();
        } else {
            assertThat(ofThread).isEqualTo(count(inThread, highlights));
        }
    }

    private static ObjectNode count(int notifications, int highlights) {
        return Json.object().put("notification_count", notifications).put("highlight_count", highlights);
    }

    @Test
    void countsAreTheSameAfterARestart() {
        say(ann, ",\"m.mentions\":{\"user_ids\":[\"" + bob.id() + "\"]}");
        say(ann, "");
        rule("content/cake", "{\"pattern\":\"cake\",\"actions\":[\"notify\",{\"set_tweak\":\"highlight\"}]}");
        counts(2, 2);
        server.restart();
        counts(2, 2);
    }

    @Test
    void notificationsAreListedNewestFirst() {
        var one = say(ann, "");
        var two = say(ann, ",\"m.mentions\":{\"user_ids\":[\"" + bob.id() + "\"]}");
        say(bob, "");
        var three = say(ann, "");
        var page = server.get(bob, V3 + "notifications?limit=2");
        var list = page.body().path("notifications");
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.get(0).path("event").path("event_id").asString()).isEqualTo(three);
        assertThat(list.get(0).path("read").asBoolean()).isFalse();
        assertThat(list.get(1).path("event").path("event_id").asString()).isEqualTo(two);
        assertThat(list.get(1).path("read").asBoolean()).isTrue();
        assertThat(list.get(1).path("actions").toString()).contains("highlight");
        var next = server.get(bob, V3 + "notifications?limit=2&from=" + segment(page.text("next_token")));
        assertThat(next.body()
                        .path("notifications")
                        .get(0)
                        .path("event")
                        .path("event_id")
                        .asString())
                .isEqualTo(one);
        var highlights =
                server.get(bob, V3 + "notifications?only=highlight").body().path("notifications");
        assertThat(highlights.size()).isEqualTo(1);
        assertThat(server.get(bob, V3 + "notifications?limit=x").text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
        assertThat(server.call("GET", V3 + "notifications", null, null).text("errcode"))
                .isEqualTo("M_MISSING_TOKEN");
    }
}
