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

/// <https://spec.matrix.org/v1.18/client-server-api/#minvite_permission_config>
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvitePermissionTest {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String SLIDING = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

    private TestServer server;
    private Person alice;
    private Person carol;

    @BeforeAll
    void start() {
        server = TestServer.conformance();
        alice = server.register("alice");
        carol = server.register("carol");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void wishes(String action) {
        var path = V3 + "user/" + segment(carol.id()) + "/account_data/m.invite_permission_config";
        assertThat(server.put(carol, path, Json.object().put("default_action", action))
                        .status())
                .isEqualTo(200);
    }

    private TestServer.Answer invite(String room) {
        return server.post(
                alice, V3 + "rooms/" + segment(room) + "/invite", Json.object().put("user_id", carol.id()));
    }

    private String seen() {
        var body = Json.object();
        body.putObject("lists").putObject("all").put("timeline_limit", 1);
        return server.sync(carol, null).body().path("rooms").toString()
                + server.post(carol, SLIDING, body).body().path("rooms");
    }

    private String since() {
        return server.sync(carol, null).text("next_batch");
    }

    /// The specification lets a server show them again, and nobody would know of them otherwise.
    @Test
    void whatWaitedUnseenIsShownOnceWhenInvitationsAreTakenAgain() {
        var shown = server.room(alice);
        var hidden = server.room(alice);
        assertThat(invite(shown).status()).isEqualTo(200);
        var first = sliding("");
        assertThat(first.body().path("rooms").has(shown)).isTrue();
        assertThat(invite(hidden).status()).isEqualTo(200);
        wishes("block");
        var since = since();
        var blocked = sliding(first.text("pos"));
        assertThat(blocked.body().path("rooms").toString()).doesNotContain(shown, hidden);
        assertThat(server.sync(carol, since).body().path("rooms").toString()).doesNotContain(shown, hidden);

        wishes("allow");
        var lifted = server.sync(carol, since);
        assertThat(lifted.body().at("/rooms/invite").propertyNames()).contains(shown, hidden);
        assertThat(server.sync(carol, lifted.text("next_batch"))
                        .body()
                        .path("rooms")
                        .toString())
                .as("once")
                .doesNotContain(shown, hidden);
        var slid = sliding(blocked.text("pos"));
        assertThat(slid.body().path("rooms").propertyNames()).contains(shown, hidden);
        assertThat(sliding(slid.text("pos")).body().path("rooms").toString())
                .as("once")
                .doesNotContain(shown, hidden);
    }

    private TestServer.Answer sliding(String pos) {
        var body = Json.object();
        var list = body.putObject("lists").putObject("all").put("timeline_limit", 1);
        list.putArray("ranges").addArray().add(0).add(99);
        return server.post(carol, pos.isEmpty() ? SLIDING : SLIDING + "?pos=" + pos, body);
    }

    @Test
    void whoWantsToBeAskedByNobodyIsNot() {
        var before = server.room(alice);
        var room = server.room(alice);
        assertThat(invite(before).status()).isEqualTo(200);
        assertThat(seen()).contains(before);
        wishes("block");
        assertThat(seen()).doesNotContain(before);

        var state = V3 + "rooms/" + segment(room) + "/state/m.room.member/" + segment(carol.id());
        var create = Json.object();
        create.putArray("invite").add(carol.id());
        for (var refused : new TestServer.Answer[] {
            invite(room),
            server.put(alice, state, Json.object().put("membership", "invite")),
            server.post(alice, V3 + "createRoom", create)
        }) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("errcode")).isEqualTo("M_INVITE_BLOCKED");
        }
        assertThat(server.get(alice, V3 + "rooms/" + segment(room) + "/members")
                        .body()
                        .toString())
                .doesNotContain(carol.id());

        wishes("allow");
        assertThat(invite(room).status()).isEqualTo(200);
        assertThat(seen()).contains(before, room);
    }
}
