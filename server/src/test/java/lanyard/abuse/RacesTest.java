package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lanyard.AliceAndBob;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Answer;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two things at once, and too many at once (groups I and F of the abuse cases).
class RacesTest extends AliceAndBob {
    /// The abuse cases ask for a thousand; the figures of such a run stand in docs/reliability.md.
    private static final int ROUNDS = Integer.getInteger("lanyard.race-rounds", 60);

    private List<JsonNode> history(String room) {
        var page = server.get(alice, "/_matrix/client/v3/rooms/" + segment(room) + "/messages?dir=f&limit=1000");
        var events = new ArrayList<JsonNode>();
        page.body().path("chunk").forEach(events::add);
        return events;
    }

    @Test
    void aHundredSendsUnderOneTransactionAreOneEvent() {
        var room = server.room(alice, bob);
        Callable<Answer> send = () -> server.send(alice, room, "once", "again and again");
        var answers = Together.call(Collections.nCopies(100, send));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        var ids = new HashSet<String>();
        answers.forEach(answer -> ids.add(answer.text("event_id")));
        assertThat(ids).hasSize(1);
        assertThat(history(room).stream()
                        .filter(event -> event.path("event_id")
                                .asString("")
                                .equals(ids.iterator().next())))
                .hasSize(1);
    }

    @Test
    void whatIsAcceptedFromSomebodyComesBeforeTheirRemoval() {
        for (var round = 0; round < ROUNDS; round++) {
            var room = server.room(alice, bob);
            var kick = "/_matrix/client/v3/rooms/" + segment(room) + "/kick";
            var answers = Together.call(List.<Callable<Answer>>of(
                    () -> server.send(bob, room, "s1", "one"),
                    () -> server.post(alice, kick, Json.object().put("user_id", bob.id())),
                    () -> server.send(bob, room, "s2", "two")));
            assertThat(answers.get(1).status()).isEqualTo(200);
            assertNothingAfterRemoval(room);
            assertThat(server.send(bob, room, "s3", "three").status()).isEqualTo(403);
        }
    }

    private void assertNothingAfterRemoval(String room) {
        var removed = false;
        for (var event : history(room)) {
            if (event.path("type").asString("").equals("m.room.member")
                    && event.path("content").path("membership").asString("").equals("leave")) {
                removed = true;
            } else if (event.path("sender").asString("").equals(bob.id())) {
                assertThat(removed).isFalse();
            }
        }
        assertThat(removed).isTrue();
    }

    /// Else the room would be gone from the list of somebody who is in it, for good.
    @Test
    void whoForgetsARoomWhileTheyComeBackIsInIt() {
        var create = Json.object().put("preset", "public_chat");
        var room = server.post(alice, "/_matrix/client/v3/createRoom", create).text("room_id");
        var base = "/_matrix/client/v3/rooms/" + segment(room) + "/";
        Callable<Answer> forget = () -> server.post(bob, base + "forget", Json.object());
        Callable<Answer> join = () -> server.post(bob, base + "join", Json.object());
        for (var round = 0; round < ROUNDS; round++) {
            assertThat(server.post(bob, base + "join", Json.object()).status()).isEqualTo(200);
            assertThat(server.post(bob, base + "leave", Json.object()).status()).isEqualTo(200);
            var answers = Together.call(List.of(forget, join, forget, forget));
            assertThat(answers.get(1).status()).isEqualTo(200);
            assertThat(server.get(bob, "/_matrix/client/v3/joined_rooms").body().toString())
                    .as("round " + round)
                    .contains(room);
        }
    }

    @Test
    void nothingOfASignedOutDeviceIsAcceptedAfterwards() {
        var room = server.room(alice);
        for (var round = 0; round < ROUNDS; round++) {
            var name = "leaver" + round;
            var leaver = server.register(name);
            server.post(
                    alice,
                    "/_matrix/client/v3/rooms/" + segment(room) + "/invite",
                    Json.object().put("user_id", leaver.id()));
            server.post(leaver, "/_matrix/client/v3/join/" + segment(room), Json.object());
            var answers = Together.call(List.<Callable<Answer>>of(
                    () -> server.send(leaver, room, "l1", "one"),
                    () -> server.post(leaver, "/_matrix/client/v3/logout", Json.object())));
            assertThat(answers.getLast().status()).isEqualTo(200);
            assertThat(answers.getFirst().status()).isIn(200, 401);
            assertThat(server.send(leaver, room, "l2", "two").status()).isEqualTo(401);
            assertThat(server.sync(leaver, null).status()).isEqualTo(401);
        }
    }

    @Test
    void whoChangesMoreThanAPersonCanIsToldToWaitAndNothingElseSuffers() {
        var clock = new MovableClock(java.time.Instant.parse("2026-11-22T03:00:00Z"));
        try (var product = TestServer.demonstration(clock, Map.of())) {
            var registrar = product.signIn("rhian.lloyd");
            var nurse = product.signIn("sian.evans");
            var path = "/_matrix/client/v3/user/" + segment(registrar.id()) + "/account_data/org.example.flood";
            Callable<Answer> change =
                    () -> product.put(registrar, path, Json.object().put("a", 1));
            var answers = Together.call(Collections.nCopies(600, change));
            var refused =
                    answers.stream().filter(answer -> answer.status() != 200).toList();
            assertThat(refused).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.text("errcode")).isEqualTo("M_LIMIT_EXCEEDED");
                assertThat(answer.body().path("retry_after_ms").asLong(0)).isPositive();
            });
            // Two hundred at once, of which signing in a moment ago took a few.
            assertThat(answers.size() - refused.size()).isGreaterThanOrEqualTo(180);
            assertThat(product.put(
                                    nurse,
                                    "/_matrix/client/v3/user/" + segment(nurse.id()) + "/account_data/org.example.one",
                                    Json.object())
                            .status())
                    .isEqualTo(200);
        }
    }
}
