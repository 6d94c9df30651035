package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import lanyard.AliceAndBob;
import lanyard.TestServer.Answer;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SyncFiltersTest extends AliceAndBob {
    private Answer sync(String since, String more) {
        return server.get(bob, "/_matrix/client/v3/sync?" + (since.isEmpty() ? "" : "since=" + since + "&") + more);
    }

    private static String filter(String json) {
        return "filter=" + segment(json);
    }

    private static JsonNode joined(Answer sync, String room) {
        return sync.body().path("rooms").path("join").path(room);
    }

    private void topic(String room, String topic) {
        server.put(
                alice,
                "/_matrix/client/v3/rooms/" + segment(room) + "/state/m.room.topic",
                Json.object().put("topic", topic));
    }

    @Test
    void stateIsOfBeforeTheTimelineOrOnRequestOfAfterIt() {
        var room = server.room(alice, bob);
        topic(room, "old");
        var since = sync("", "").text("next_batch");
        topic(room, "new");
        var small = filter("{\"room\":{\"timeline\":{\"limit\":1}}}");
        var before = joined(sync("", small), room);
        assertThat(before.path("timeline").toString()).contains("\"topic\":\"new\"");
        assertThat(before.path("state").path("events").toString()).contains("\"topic\":\"old\"");
        var after = joined(sync("", small + "&use_state_after=true"), room);
        assertThat(after.has("state")).isFalse();
        assertThat(after.path("state_after").path("events").toString())
                .contains("\"topic\":\"new\"")
                .doesNotContain("\"content\":{\"topic\":\"old\"");
        var next = joined(sync(since, "use_state_after=true"), room);
        assertThat(next.path("state_after").path("events").toString()).contains("\"topic\":\"new\"");
        assertThat(joined(sync(since, ""), room).path("state").path("events").isEmpty())
                .isTrue();
    }

    @Test
    void stateThatAFilterTookFromTheTimelineIsInTheState() {
        var room = server.room(alice, bob);
        var since = sync("", "").text("next_batch");
        topic(room, "aside");
        server.send(alice, room, "s1", "hello");
        var answer = joined(sync(since, filter("{\"room\":{\"timeline\":{\"types\":[\"m.room.message\"]}}}")), room);
        assertThat(answer.path("timeline").path("events").size()).isEqualTo(1);
        assertThat(answer.path("timeline").path("limited").asBoolean(true)).isFalse();
        assertThat(answer.path("state").path("events").toString()).contains("aside");
    }

    @Test
    void roomsCanBeChosenAndLeftOnesAsked() {
        var one = server.room(alice, bob);
        var two = server.room(alice, bob);
        var only = sync("", filter("{\"room\":{\"rooms\":[\"" + one + "\"]}}"));
        assertThat(joined(only, one).isMissingNode()).isFalse();
        assertThat(joined(only, two).isMissingNode()).isTrue();
        var but = sync("", filter("{\"room\":{\"not_rooms\":[\"" + one + "\"]}}"));
        assertThat(joined(but, one).isMissingNode()).isTrue();
        server.send(alice, one, "last", "last words");
        server.post(bob, "/_matrix/client/v3/rooms/" + segment(one) + "/leave", Json.object());
        assertThat(sync("", "").body().path("rooms").path("leave").has(one)).isFalse();
        var left = sync("", filter("{\"room\":{\"include_leave\":true}}"))
                .body()
                .path("rooms")
                .path("leave")
                .path(one);
        assertThat(left.path("timeline").toString()).contains("last words");
        assertThat(left.toString()).contains("m.room.create");
    }

    @Test
    void fullStateIsAllOfItWithOnlyTheNewTimeline() {
        var room = server.room(alice, bob);
        topic(room, "full");
        server.send(alice, room, "a1", "seen");
        var since = sync("", "").text("next_batch");
        server.send(alice, room, "a2", "unseen");
        var answer = joined(sync(since, "full_state=true&timeout=20000"), room);
        assertThat(answer.path("timeline").toString()).contains("unseen").doesNotContain("\"seen\"");
        assertThat(answer.path("state").path("events").toString()).contains("m.room.create", "full");
    }

    @Test
    void fieldsEphemeralAndAccountDataAreFiltered() {
        var room = server.room(alice, bob);
        server.send(alice, room, "p1", "projected");
        var fields = joined(sync("", filter("{\"event_fields\":[\"content.body\",\"type\"]}")), room);
        var last = fields.path("timeline").path("events").valueStream().toList().getLast();
        assertThat(last.toString()).isEqualTo("{\"content\":{\"body\":\"projected\"},\"type\":\"m.room.message\"}");
        var quiet = sync("", filter("{\"account_data\":{\"not_types\":[\"*\"]}}"));
        assertThat(quiet.body().path("account_data").path("events").isEmpty()).isTrue();
        assertThat(sync("", filter("{\"room\":[]}")).status()).isEqualTo(400);
    }

    @Test
    void aTokenSurvivesARestart() {
        var room = server.room(alice, bob);
        var since = sync("", "").text("next_batch");
        server.send(alice, room, "restart", "after the token");
        server.restart();
        var answer = sync(since, "");
        assertThat(joined(answer, room).path("timeline").toString()).contains("after the token");
        assertThat(joined(answer, room).path("timeline").path("limited").asBoolean(true))
                .isFalse();
    }

    /// Asked in and turned away: the device hears of both.
    @Test
    void aRefusedInvitationLeavesTheList() {
        var body = Json.object();
        body.putArray("invite").add(bob.id());
        var room = server.post(alice, "/_matrix/client/v3/createRoom", body).text("room_id");
        var asked = sync("", "");
        assertThat(asked.body().path("rooms").path("invite").path(room).toString())
                .contains("m.room.create");
        server.post(bob, "/_matrix/client/v3/rooms/" + segment(room) + "/leave", Json.object());
        var left = sync(asked.text("next_batch"), "")
                .body()
                .path("rooms")
                .path("leave")
                .path(room);
        assertThat(left.toString()).contains("\"membership\":\"leave\"").doesNotContain("m.room.create");
    }
}
