package lanyard.messaging.push;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// What deserved somebody's attention is still known when it has long left memory: two mentions and a reply in a
/// thread,
/// then more messages than a room remembers, then a restart.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttentionTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final int MORE_THAN_REMEMBERED = 90;

    private TestServer server;
    private Person ann;
    private Person bob;
    private String room;
    private String elsewhere;
    private final List<String> mentions = new ArrayList<>();
    private String thread;

    @BeforeAll
    void longAgo() {
        server = TestServer.conformance();
        ann = server.register("ann");
        bob = server.register("bob");
        room = server.room(ann, bob);
        elsewhere = server.room(ann, bob);
        mention(elsewhere, "m0");
        mention(room, "m1");
        thread = server.send(ann, room, "root", "a thread").text("event_id");
        var reply = Json.object().put("msgtype", "m.text").put("body", "in it");
        reply.putObject("m.relates_to").put("rel_type", "m.thread").put("event_id", thread);
        server.put(ann, V3 + "rooms/" + segment(room) + "/send/m.room.message/reply", reply);
        for (var i = 0; i < MORE_THAN_REMEMBERED; i++) {
            server.send(ann, room, "more" + i, "and more");
        }
        server.restart();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void mention(String where, String transaction) {
        var content = Json.object().put("msgtype", "m.text").put("body", "look, please");
        content.putObject("m.mentions").putArray("user_ids").add(bob.id());
        mentions.add(server.put(ann, V3 + "rooms/" + segment(where) + "/send/m.room.message/" + transaction, content)
                .text("event_id"));
    }

    @Test
    void aMentionStillCountsAsAHighlightAndAThreadApart() {
        var filter = "?filter=" + segment("{\"room\":{\"timeline\":{\"unread_thread_notifications\":true}}}");
        var shown = server.get(bob, V3 + "sync" + filter)
                .body()
                .path("rooms")
                .path("join")
                .path(room);
        assertThat(shown.path("unread_notifications").path("highlight_count").asInt())
                .isEqualTo(1);
        assertThat(shown.path("unread_notifications").path("notification_count").asInt())
                .isEqualTo(MORE_THAN_REMEMBERED + 2);
        assertThat(shown.path("unread_thread_notifications")
                        .path(thread)
                        .path("notification_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void notificationsGoBackPageByPageToTheFirst() {
        var all = new ArrayList<String>();
        var from = "";
        var pages = 0;
        do {
            var answer = server.get(bob, V3 + "notifications?limit=40" + from);
            var page = answer.body().path("notifications");
            page.forEach(one -> all.add(one.path("event").path("event_id").asString("")));
            from = answer.text("next_token").isEmpty() ? "" : "&from=" + segment(answer.text("next_token"));
            pages++;
        } while (!from.isEmpty() && pages < 10);
        assertThat(all)
                .as("with both invitations")
                .hasSize(MORE_THAN_REMEMBERED + 6)
                .doesNotHaveDuplicates()
                .containsSubsequence(mentions.reversed());
    }

    @Test
    void onlyHighlightsAreFoundHoweverFarBack() {
        var answer = server.get(bob, V3 + "notifications?only=highlight&limit=5");
        var found = answer.body().path("notifications");
        assertThat(found.valueStream()
                        .map(one -> one.path("event").path("event_id").asString(""))
                        .toList())
                .isEqualTo(mentions.reversed());
        assertThat(found.path(0).path("read").asBoolean(true)).isFalse();
        assertThat(server.get(bob, V3 + "notifications?from=nonsense").text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
    }

    @Test
    void ownMessagesNotifyNobody() {
        JsonNode own = server.get(ann, V3 + "notifications").body().path("notifications");
        assertThat(own.valueStream()
                        .filter(one ->
                                one.path("event").path("sender").asString("").equals(ann.id()))
                        .toList())
                .isEmpty();
    }
}
