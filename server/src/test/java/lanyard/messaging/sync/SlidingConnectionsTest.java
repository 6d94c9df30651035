package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.AliceAndBob;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Connections of sliding sync that name their rooms, and that begin anew.
class SlidingConnectionsTest extends AliceAndBob {
    private static final String UNSTABLE = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

    private static ObjectNode asked() {
        var body = Json.object().put("conn_id", "encryption");
        for (var extension : List.of("to_device", "e2ee")) {
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

    @Test
    void whoWasSentAwayLearnsItWhereTheyOnlyNamedTheRoomAndNothingOfAfterwards() {
        var room = server.room(alice, bob);
        var body = asked();
        var subscription = body.putObject("room_subscriptions").putObject(room).put("timeline_limit", 1);
        subscription.putArray("required_state").addArray().add("m.room.name").add("");
        var first = sync(bob, body, "");
        assertThat(rooms(first)).containsExactly(room);
        for (var i = 0; i < 3; i++) {
            server.send(alice, room, "k" + i, "before");
        }
        var rest = "/_matrix/client/v3/rooms/" + segment(room);
        server.post(alice, rest + "/kick", Json.object().put("user_id", bob.id()));
        server.put(alice, rest + "/state/m.room.name", Json.object().put("name", "about bob"));
        var left = sync(bob, body, first.text("pos"));
        var told = left.body().path("rooms").path(room);
        assertThat(told.path("membership").asString("")).isEqualTo("leave");
        assertThat(told.has("joined_count") || told.has("heroes")).isFalse();
        assertThat(left.body().toString()).doesNotContain("about bob");
        assertThat(rooms(sync(bob, body, left.text("pos")))).isEmpty();
    }

    @Test
    void whoBeginsAnewSaysByTheirMessagesWhoseDevicesTheyKnow() {
        server.room(alice, bob);
        var first = sync(bob, asked(), "");
        var held = first.body().path("extensions").path("to_device").path("next_batch");
        server.publishKeys(alice);
        var anew = asked();
        anew.withObject("/extensions/to_device").put("since", held.asString(""));
        var lists = sync(bob, anew, "").body().path("extensions").path("e2ee").path("device_lists");
        assertThat(lists.path("changed").toString()).contains(alice.id());
        assertThat(sync(bob, asked(), "").body().path("extensions").path("e2ee").has("device_lists"))
                .isFalse();
        anew.withObject("/extensions/to_device").put("since", "l1_before0restored0backup_0.9");
        var all = sync(bob, anew, "").body().path("extensions").path("e2ee").path("device_lists");
        assertThat(all.path("changed").toString()).as("a place that is lost").contains(alice.id());
    }
}
