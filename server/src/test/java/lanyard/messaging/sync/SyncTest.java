package lanyard.messaging.sync;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import lanyard.AliceAndBob;
import lanyard.Behind;
import lanyard.Parked;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SyncTest extends AliceAndBob {
    private static final String SYNC = "/_matrix/client/v3/sync?since=";

    private static JsonNode joined(JsonNode sync, String room) {
        return sync.path("rooms").path("join").path(room);
    }

    @Test
    void aParkedSyncIsWokenByAMessageAndByNothingElse() throws Exception {
        var room = server.room(alice, bob);
        var parked = Parked.poll(() -> {
            var since = quiet(bob);
            return () -> server.get(bob, SYNC + since + "&timeout=20000");
        });
        server.send(alice, room, "w1", "wake up");
        var answer = parked.get(5, TimeUnit.SECONDS);
        assertThat(joined(answer.body(), room).toString()).contains("wake up");
    }

    /// Syncs until nothing is new: receipts of what was just fetched come a moment later.
    private String quiet(Person person) {
        var since = server.sync(person, null).text("next_batch");
        for (var i = 0; i < 20; i++) {
            Behind.receiptsAreKept(server);
            var next = server.sync(person, since);
            var same = next.text("next_batch").equals(since);
            since = next.text("next_batch");
            if (same) {
                break;
            }
        }
        return since;
    }

    @Test
    void aLostAnswerIsGivenAgain() throws Exception {
        var room = server.room(alice, bob);
        var since = quiet(bob);
        server.send(alice, room, "l1", "once");
        var first = server.sync(bob, since);
        var again = server.sync(bob, since);
        assertThat(joined(again.body(), room).get("timeline").get("events"))
                .isEqualTo(joined(first.body(), room).get("timeline").get("events"));
        var after = server.sync(bob, first.text("next_batch"));
        assertThat(joined(after.body(), room).path("timeline").path("events").size())
                .isZero();
    }

    @Test
    void theTransactionIdIsEchoedToTheSendingDeviceOnly() throws Exception {
        var room = server.room(alice, bob);
        var aliceSince = quiet(alice);
        var bobSince = quiet(bob);
        server.send(alice, room, "e1", "mine");
        assertThat(server.sync(alice, aliceSince).body().toString()).contains("\"transaction_id\":\"e1\"");
        assertThat(server.sync(bob, bobSince).body().toString()).doesNotContain("transaction_id");
    }

    @Test
    void aForgedTokenGets400AndAnOldDatabasesTokenAFullAnswer() {
        server.room(alice, bob);
        for (var forged : new String[] {"s1_2", "l1_", "l1_abcd_99.1", "'", "l1_abcd_0.1_0"}) {
            assertThat(server.sync(bob, segment(forged)).status()).as(forged).isEqualTo(400);
        }
        var old = server.sync(bob, "l1_otherincarn_0.5");
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.body().path("rooms").path("join").isEmpty()).isFalse();
    }

    @Test
    void unreadIsCountedAndReadingClearsIt() throws Exception {
        var room = server.room(alice, bob);
        quiet(bob);
        server.send(alice, room, "u1", "one");
        var last = server.send(alice, room, "u2", "two").text("event_id");
        assertThat(unread(bob, room)).isEqualTo(2);
        assertThat(unread(alice, room)).isZero();
        server.post(
                bob, "/_matrix/client/v3/rooms/" + segment(room) + "/receipt/m.read/" + segment(last), Json.object());
        for (var i = 0; i < 20 && unread(bob, room) > 0; i++) {
            Thread.sleep(100);
        }
        assertThat(unread(bob, room)).isZero();
        assertThat(server.sync(alice, null).body().toString()).contains("\"m.read\":{\"" + bob.id());
    }

    private int unread(Person person, String room) {
        return joined(server.sync(person, null).body(), room)
                .path("unread_notifications")
                .path("notification_count")
                .asInt(-1);
    }

    @Test
    void theSenderLearnsThatAMessageWasDelivered() throws Exception {
        var room = server.room(alice, bob);
        var aliceSince = quiet(alice);
        var bobSince = quiet(bob);
        var event = server.send(alice, room, "d1", "there?").text("event_id");
        var bobs = server.sync(bob, bobSince);
        server.sync(bob, bobs.text("next_batch"));
        var since = aliceSince;
        var seen = new StringBuilder();
        // What was delivered before may be told first.
        var delivered = "\"" + event + "\":{\"org.lanyard.delivered\":{\"" + bob.id();
        for (var i = 0; i < 50 && !seen.toString().contains(delivered); i++) {
            Thread.sleep(100);
            var answer = server.sync(alice, since);
            since = answer.text("next_batch");
            seen.append(answer.body());
        }
        assertThat(seen.toString()).contains(delivered);
    }

    @Test
    void aGapIsSaidToBeOneAndCanBeFilled() throws Exception {
        var room = server.room(alice, bob);
        var since = quiet(bob);
        for (var i = 0; i < 45; i++) {
            server.send(alice, room, "g" + i, "m" + i);
        }
        var answer = joined(server.sync(bob, since).body(), room);
        assertThat(answer.get("timeline").get("limited").booleanValue()).isTrue();
        assertThat(answer.get("timeline").get("events").size()).isEqualTo(20);
        var filled = server.get(
                bob,
                "/_matrix/client/v3/rooms/" + segment(room) + "/messages?dir=b&limit=1&from="
                        + answer.get("timeline").get("prev_batch").stringValue());
        assertThat(filled.body().get("chunk").get(0).get("content").get("body").stringValue())
                .isEqualTo("m24");
    }

    @Test
    void whoLeftGetsNothingMore() throws Exception {
        var room = server.room(alice, bob);
        var since = quiet(bob);
        server.post(bob, "/_matrix/client/v3/rooms/" + segment(room) + "/leave", Json.object());
        server.send(alice, room, "after", "behind your back");
        var answer = server.sync(bob, since);
        assertThat(answer.body().path("rooms").path("leave").has(room)).isTrue();
        assertThat(answer.body().toString()).doesNotContain("behind your back");
        assertThat(server.sync(bob, answer.text("next_batch")).body().toString())
                .doesNotContain("behind your back");
    }

    @Test
    void aSyncWithoutATokenOrWithAWrongOneIsRefused() {
        assertThat(server.call("GET", "/_matrix/client/v3/sync", null, null).text("errcode"))
                .isEqualTo("M_MISSING_TOKEN");
        var forged = new Person(bob.id(), bob.device(), bob.token() + "x");
        assertThat(server.sync(forged, null).text("errcode")).isEqualTo("M_UNKNOWN_TOKEN");
    }
}
