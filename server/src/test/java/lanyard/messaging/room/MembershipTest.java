package lanyard.messaging.room;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembershipTest {
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

    private TestRoom room(String version, String joinRule) {
        return TestRoom.create(server, alice, TestRoom.asked(version, joinRule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void aKnockIsSeenAnsweredAndCanBeTakenBack(String version) {
        var room = room(version, "knock");
        var since = server.sync(bob, null).text("next_batch");
        var knock = server.post(
                bob, TestRoom.V3 + "knock/" + segment(room.id()), Json.object().put("reason", "may I?"));
        assertThat(knock.text("room_id")).isEqualTo(room.id());
        assertThat(server.sync(bob, since)
                        .body()
                        .path("rooms")
                        .path("knock")
                        .path(room.id())
                        .path("knock_state")
                        .path("events")
                        .isEmpty())
                .isFalse();
        assertThat(room.state(alice, "m.room.member", bob.id()).path("reason").asString(""))
                .isEqualTo("may I?");
        assertThat(room.join(bob).status()).isEqualTo(403);
        assertThat(room.post(bob, "leave", Json.object()).status()).isEqualTo(200);
        server.post(bob, TestRoom.V3 + "knock/" + segment(room.id()), Json.object());
        assertThat(room.member(alice, "invite", bob).status()).isEqualTo(200);
        assertThat(room.join(bob).status()).isEqualTo(200);
        assertThat(server.post(bob, TestRoom.V3 + "knock/" + segment(room.id()), Json.object())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void nobodyKnocksWhereItIsNotAllowed() {
        for (var rule : new String[] {"invite", "public", "restricted"}) {
            assertThat(server.post(
                                    bob,
                                    TestRoom.V3 + "knock/"
                                            + segment(room("12", rule).id()),
                                    Json.object())
                            .status())
                    .as(rule)
                    .isEqualTo(403);
        }
    }

    private TestRoom restricted(TestRoom space, String rule) {
        var body = TestRoom.asked("12", rule);
        ((ObjectNode) body.path("initial_state").get(0).path("content"))
                .putArray("allow")
                .addObject()
                .put("type", "m.room_membership")
                .put("room_id", space.id());
        return TestRoom.create(server, alice, body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"restricted", "knock_restricted"})
    void membersOfTheSpaceComeInAndOthersDoNot(String rule) {
        var space = room("12", "public");
        var room = restricted(space, rule);
        assertThat(room.join(bob).status()).isEqualTo(403);
        space.join(bob);
        assertThat(room.join(bob).status()).isEqualTo(200);
        assertThat(room.state(alice, "m.room.member", bob.id())
                        .path("join_authorised_via_users_server")
                        .asString(""))
                .isEqualTo(alice.id());
        assertThat(room.join(carol).status()).isEqualTo(403);
        var forged = Json.object().put("membership", "join").put("join_authorised_via_users_server", alice.id());
        assertThat(room.setState(carol, "m.room.member", carol.id(), forged).status())
                .isEqualTo(403);
        assertThat(room.member(alice, "ban", bob).status()).isEqualTo(200);
        assertThat(room.join(bob).status()).isEqualTo(403);
    }

    @Test
    void oneJoinsByAliasAndAnUnknownOneIsNotFound() {
        var room = room("12", "public");
        var alias = "#by-alias:lanyard.localhost";
        server.put(
                alice,
                TestRoom.V3 + "directory/room/" + segment(alias),
                Json.object().put("room_id", room.id()));
        var joined = server.post(
                bob, TestRoom.V3 + "join/" + segment(alias) + "?via=lanyard.localhost&via=other", Json.object());
        assertThat(joined.text("room_id")).isEqualTo(room.id());
        assertThat(server.post(bob, TestRoom.V3 + "join/" + segment("#no:lanyard.localhost"), Json.object())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void kickingBanningAndUnbanningNeedPowerAndReasonsAreKept() {
        var room = room("12", "public");
        room.join(bob);
        room.join(carol);
        for (var deed : new String[] {"kick", "ban"}) {
            assertThat(room.member(bob, deed, carol).status()).as(deed).isEqualTo(403);
        }
        assertThat(room.member(alice, "unban", carol).status()).isEqualTo(403);
        assertThat(room.member(alice, "kick", carol).status()).isEqualTo(200);
        assertThat(room.state(alice, "m.room.member", carol.id()).path("reason").asString(""))
                .isEqualTo("because");
        assertThat(room.member(alice, "kick", carol).status()).isEqualTo(403);
        assertThat(room.join(carol).status()).isEqualTo(200);
        assertThat(room.member(alice, "ban", carol).status()).isEqualTo(200);
        assertThat(room.join(carol).status()).isEqualTo(403);
        assertThat(room.member(alice, "invite", carol).status()).isEqualTo(403);
        assertThat(room.member(bob, "unban", carol).status()).isEqualTo(403);
        assertThat(room.member(alice, "unban", carol).status()).isEqualTo(200);
        assertThat(room.membership(alice, carol)).isEqualTo("leave");
        assertThat(room.join(carol).status()).isEqualTo(200);
    }

    @Test
    void aForgottenRoomIsGoneUntilOneIsInItAgain() {
        var room = room("12", "public");
        room.join(bob);
        assertThat(room.post(bob, "forget", Json.object()).status()).isEqualTo(400);
        room.post(bob, "leave", Json.object());
        assertThat(server.get(bob, room.path("messages?dir=b")).status()).isEqualTo(200);
        assertThat(room.post(bob, "forget", Json.object()).status()).isEqualTo(200);
        assertThat(server.get(bob, room.path("messages?dir=b")).status()).isEqualTo(403);
        var all = segment("{\"room\":{\"include_leave\":true}}");
        assertThat(server.get(bob, TestRoom.V3 + "sync?filter=" + all).body().toString())
                .doesNotContain(room.id());
        server.restart();
        assertThat(server.get(bob, room.path("messages?dir=b")).status()).isEqualTo(403);
        assertThat(room.join(bob).status()).isEqualTo(200);
        assertThat(server.get(bob, room.path("messages?dir=b")).status()).isEqualTo(200);
        room.post(bob, "leave", Json.object());
        assertThat(server.get(bob, TestRoom.V3 + "sync?filter=" + all)
                        .body()
                        .path("rooms")
                        .path("leave")
                        .has(room.id()))
                .isTrue();
    }

    @Test
    void whoLeftSeesTheRoomAsItWasThen() {
        var room = room("12", "public");
        room.join(bob);
        room.setState(alice, "m.room.topic", "", Json.object().put("topic", "before"));
        room.post(bob, "leave", Json.object());
        room.setState(alice, "m.room.topic", "", Json.object().put("topic", "after"));
        room.join(carol);
        assertThat(room.state(bob, "m.room.topic", "").path("topic").asString(""))
                .isEqualTo("before");
        assertThat(server.get(bob, room.path("members")).body().toString()).doesNotContain(carol.id());
        assertThat(server.get(bob, room.path("state")).body().toString()).doesNotContain("after");
        assertThat(server.get(bob, room.path("joined_members")).status()).isEqualTo(403);
    }
}
