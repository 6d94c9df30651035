package lanyard.messaging.timeline;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesTest {
    private static final String ROOMS = "/_matrix/client/v3/rooms/";
    private TestServer server;
    private Person alice;
    private Person bob;
    private Person mallory;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        bob = server.register("bob");
        mallory = server.register("mallory");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String messages(String room) {
        return ROOMS + segment(room) + "/messages?dir=b&limit=50";
    }

    @Test
    @Hazard("H02")
    void theSameTransactionIsOneEvent() {
        var room = server.room(alice, bob);
        var first = server.send(alice, room, "t1", "one");
        var again = server.send(alice, room, "t1", "one");
        assertThat(first.status()).isEqualTo(200);
        assertThat(again.text("event_id")).isEqualTo(first.text("event_id"));
        var others = server.send(bob, room, "t1", "bob's own");
        assertThat(others.text("event_id")).isNotEqualTo(first.text("event_id"));
        var chunk = server.get(bob, messages(room)).body().get("chunk");
        assertThat(chunk.valueStream().filter(e -> e.path("type").asString("").equals("m.room.message")))
                .hasSize(2);
    }

    /// As after another node has written into the room: places that this one would take are taken.
    @Test
    void aRoomThatHasMovedOnElsewhereIsReadAgain() {
        var room = server.room(alice);
        var first = server.send(alice, room, "m1", "one").text("event_id");
        var second = server.send(alice, room, "m2", "two").text("event_id");
        server.database().write(tx -> {
            var nid = "(select room_nid from room where room_id = :room)";
            tx.update("update event set seq = -seq where type = 'm.room.message' and room_nid = " + nid)
                    .bind("room", room)
                    .execute();
            tx.update("update event set seq = 1 - seq where seq < 0 and room_nid = " + nid)
                    .bind("room", room)
                    .execute();
            return tx.update("update room set head_seq = head_seq + 1 where room_id = :room")
                    .bind("room", room)
                    .execute();
        });
        var third = server.send(alice, room, "m3", "three");
        assertThat(third.status()).isEqualTo(200);
        var chunk = server.get(alice, messages(room)).body().get("chunk");
        assertThat(chunk.valueStream()
                        .filter(e -> e.path("type").asString("").equals("m.room.message"))
                        .map(e -> e.get("event_id").stringValue()))
                .containsExactly(third.text("event_id"), second, first);
    }

    @Test
    void somebodyOutsideIsRefusedAlikeForARealAndAnUnknownRoom() {
        var room = server.room(alice, bob);
        var event = server.send(alice, room, "x", "secret").text("event_id");
        var unknown = "!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for (var path : new String[] {
            "/messages?dir=b",
            "/state",
            "/members",
            "/joined_members",
            "/event/" + segment(event),
            "/context/" + segment(event)
        }) {
            var real = server.get(mallory, ROOMS + segment(room) + path);
            var none = server.get(mallory, ROOMS + segment(unknown) + path);
            assertThat(real.status()).as(path).isEqualTo(403);
            assertThat(real.body()).as(path).isEqualTo(none.body());
        }
        assertThat(server.send(mallory, room, "m1", "let me in").status()).isEqualTo(403);
        assertThat(server.send(mallory, unknown, "m1", "let me in").status()).isEqualTo(403);
    }

    @Test
    void aMessageInClearIsRefusedInAnEncryptedRoom() {
        var room = server.room(alice, bob);
        var encryption = Json.object().put("algorithm", "m.megolm.v1.aes-sha2");
        assertThat(server.put(alice, ROOMS + segment(room) + "/state/m.room.encryption", encryption)
                        .status())
                .isEqualTo(200);
        assertThat(server.send(alice, room, "c1", "in clear").status()).isEqualTo(403);
        var sealed = server.put(
                alice,
                ROOMS + segment(room) + "/send/m.room.encrypted/c2",
                Json.object().put("algorithm", "m.megolm.v1.aes-sha2").put("ciphertext", "x"));
        assertThat(sealed.status()).isEqualTo(200);
    }

    @Test
    void redactingHidesFromEverybodyAndOnlyOnesOwn() {
        var room = server.room(alice, bob);
        var event = server.send(alice, room, "r1", "wrong").text("event_id");
        var path = ROOMS + segment(room) + "/redact/" + segment(event) + "/";
        assertThat(server.put(bob, path + "b1", Json.object()).status()).isEqualTo(403);
        var redaction = server.put(alice, path + "a1", Json.object());
        assertThat(redaction.status()).isEqualTo(200);
        assertThat(server.put(alice, path + "a1", Json.object()).body()).isEqualTo(redaction.body());
        var shown = server.get(bob, ROOMS + segment(room) + "/event/" + segment(event));
        assertThat(shown.body().get("content").isEmpty()).isTrue();
        assertThat(shown.body()
                        .get("unsigned")
                        .get("redacted_because")
                        .get("event_id")
                        .stringValue())
                .isEqualTo(redaction.text("event_id"));
    }

    @Test
    void badInputIsRefusedAndLeavesNothing() {
        var room = server.room(alice, bob);
        var before = server.get(alice, messages(room)).body().get("chunk").size();
        var path = ROOMS + segment(room) + "/send/m.room.message/";
        for (var bad : new String[] {
            "{",
            "[]",
            "{\"body\":\"a\",\"body\":\"b\"}",
            "{\"n\":1.5}",
            "{\"n\":9007199254740992}",
            "{\"body\":\"\\ud800\"}",
            "{}x"
        }) {
            var answer = server.raw("PUT", path + "bad", alice, bad.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.text("errcode")).as(bad).isIn("M_NOT_JSON", "M_BAD_JSON");
            assertThat(answer.text("error")).as(bad).doesNotContain("Exception");
        }
        var large = server.put(alice, path + "large", Json.object().put("body", "x".repeat(70_000)));
        assertThat(large.status()).isEqualTo(413);
        assertThat(server.put(alice, ROOMS + segment(room) + "/send/org.lanyard.room/o1", Json.object())
                        .status())
                .isEqualTo(403);
        assertThat(server.get(alice, messages(room)).body().get("chunk").size()).isEqualTo(before);
    }

    @Test
    void aNewMemberOfARoomThatShowsFromJoiningSeesNothingOlder() {
        var room = server.room(alice);
        server.put(
                alice,
                ROOMS + segment(room) + "/state/m.room.history_visibility",
                Json.object().put("history_visibility", "joined"));
        var old = server.send(alice, room, "old", "long ago").text("event_id");
        server.post(alice, ROOMS + segment(room) + "/invite", Json.object().put("user_id", bob.id()));
        server.post(bob, ROOMS + segment(room) + "/join", Json.object());
        var fresh = server.send(alice, room, "new", "after").text("event_id");
        assertThat(server.get(bob, ROOMS + segment(room) + "/event/" + segment(old))
                        .status())
                .isEqualTo(404);
        assertThat(server.get(bob, ROOMS + segment(room) + "/event/" + segment(fresh))
                        .status())
                .isEqualTo(200);
        assertThat(server.get(bob, messages(room)).body().toString()).doesNotContain(old);
        assertThat(server.get(bob, ROOMS + segment(room) + "/context/" + segment(fresh))
                        .body()
                        .toString())
                .doesNotContain("long ago");
    }

    @Test
    void historyGoesBackPageByPage() {
        var room = server.room(alice, bob);
        for (var i = 0; i < 130; i++) {
            server.send(alice, room, "p" + i, "m" + i);
        }
        var from = "";
        var seen = 0;
        for (var page = 0; page < 40; page++) {
            var answer = server.get(bob, ROOMS + segment(room) + "/messages?dir=b&limit=20" + from);
            for (var event : answer.body().get("chunk")) {
                if (event.get("type").stringValue().equals("m.room.message")) {
                    assertThat(event.get("content").get("body").stringValue()).isEqualTo("m" + (129 - seen++));
                }
            }
            if (!answer.body().has("end")) {
                break;
            }
            from = "&from=" + answer.text("end");
        }
        assertThat(seen).isEqualTo(130);
        assertThat(server.get(bob, ROOMS + segment(room) + "/messages?dir=b&from=s1_2_3")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTopicThatWasHiddenStandsNowhereAnyMore() {
        var room = server.room(alice, bob);
        var topic = ROOMS + segment(room) + "/state/m.room.topic";
        var said = server.put(alice, topic, Json.object().put("topic", "said in error"))
                .text("event_id");
        var since = server.sync(bob, null).text("next_batch");
        server.put(alice, topic, Json.object().put("topic", "better"));
        var hide = ROOMS + segment(room) + "/redact/" + segment(said) + "/h1";
        assertThat(server.put(alice, hide, Json.object()).status()).isEqualTo(200);
        assertThat(server.sync(bob, null).body().toString()).contains("better").doesNotContain("said in error");
        assertThat(server.sync(bob, since).body().toString()).contains("better").doesNotContain("said in error");
        assertThat(server.get(bob, messages(room)).body().toString()).doesNotContain("said in error");
    }
}
