package lanyard.messaging.room;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.AliceAndBob;
import lanyard.TestServer.Answer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spaces, aliases, the directory and upgrades.
class SpacesTest extends AliceAndBob {
    private static final String V1 = "/_matrix/client/v1/";

    private TestRoom space(String name) {
        var body = Json.object().put("name", name).put("preset", "public_chat");
        body.putObject("creation_content").put("type", "m.space");
        return TestRoom.create(server, alice, body);
    }

    private TestRoom room(String name, String preset) {
        return TestRoom.create(server, alice, Json.object().put("name", name).put("preset", preset));
    }

    private void child(TestRoom space, TestRoom room, String order, boolean suggested) {
        var content = Json.object().put("order", order).put("suggested", suggested);
        content.putArray("via").add("lanyard.localhost");
        space.setState(alice, "m.space.child", room.id(), content);
    }

    private Answer hierarchy(Person person, TestRoom space, String query) {
        return server.get(person, V1 + "rooms/" + segment(space.id()) + "/hierarchy" + query);
    }

    private static List<String> names(Answer answer) {
        return answer.body()
                .path("rooms")
                .valueStream()
                .map(room -> room.path("name").asString(""))
                .toList();
    }

    @Test
    void aSpaceIsWalkedInOrderWithoutWhatOneMayNotKnow() {
        var hospital = space("Hospital");
        var wards = space("Wards");
        var four = room("Ward 4", "public_chat");
        var secret = room("Board", "private_chat");
        child(hospital, wards, "b", true);
        child(hospital, secret, "a", true);
        child(wards, four, "", false);
        child(wards, hospital, "z", false);
        assertThat(names(hierarchy(alice, hospital, ""))).containsExactly("Hospital", "Board", "Wards", "Ward 4");
        assertThat(names(hierarchy(bob, hospital, ""))).containsExactly("Hospital", "Wards", "Ward 4");
        assertThat(names(hierarchy(bob, hospital, "?max_depth=1"))).containsExactly("Hospital", "Wards");
        assertThat(names(hierarchy(bob, hospital, "?suggested_only=true"))).containsExactly("Hospital", "Wards");
        var first = hierarchy(bob, hospital, "?limit=2");
        assertThat(names(first)).containsExactly("Hospital", "Wards");
        var next = "&from=" + first.text("next_batch");
        assertThat(names(hierarchy(bob, hospital, "?limit=2" + next))).containsExactly("Ward 4");
        assertThat(hierarchy(bob, hospital, "?suggested_only=true" + next).status())
                .isEqualTo(400);
        assertThat(hierarchy(bob, hospital, "?from=h9x").status()).isEqualTo(400);
        assertThat(hierarchy(bob, secret, "").status()).isEqualTo(403);
        var children = hierarchy(bob, hospital, "").body().path("rooms").path(0).path("children_state");
        assertThat(children.size()).isEqualTo(2);
        assertThat(children.path(0).has("origin_server_ts")).isTrue();
    }

    @Test
    void aSummaryIsForThoseWhoMayKnowTheRoom() {
        var open = room("Open", "public_chat");
        var closed = room("Closed", "private_chat");
        var summary = server.get(bob, V1 + "room_summary/" + segment(open.id())).body();
        assertThat(summary.path("name").asString("")).isEqualTo("Open");
        assertThat(summary.path("join_rule").asString("")).isEqualTo("public");
        assertThat(summary.path("room_version").asString("")).isEqualTo("12");
        assertThat(summary.path("membership").asString("")).isEqualTo("leave");
        assertThat(server.get(bob, V1 + "room_summary/" + segment(closed.id())).status())
                .isEqualTo(404);
        assertThat(server.get(alice, V1 + "room_summary/" + segment(closed.id()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aliasesLeadToOneRoomAndAreTakenAwayByWhoGaveThem() {
        var room = room("Named", "public_chat");
        var alias = TestRoom.V3 + "directory/room/" + segment("#named:lanyard.localhost");
        var body = Json.object().put("room_id", room.id());
        assertThat(server.put(bob, alias, body).status()).isEqualTo(403);
        assertThat(server.put(alice, alias, body).status()).isEqualTo(200);
        assertThat(server.put(alice, alias, body).status()).isEqualTo(409);
        assertThat(server.get(bob, alias).text("room_id")).isEqualTo(room.id());
        assertThat(server.get(alice, room.path("aliases"))
                        .body()
                        .path("aliases")
                        .size())
                .isEqualTo(1);
        assertThat(server.put(alice, TestRoom.V3 + "directory/room/" + segment("#x:elsewhere.org"), body)
                        .status())
                .isEqualTo(400);
        var canonical = Json.object().put("alias", "#named:lanyard.localhost");
        assertThat(room.setState(alice, "m.room.canonical_alias", "", canonical).status())
                .isEqualTo(200);
        var wrong = Json.object().put("alias", "#nowhere:lanyard.localhost");
        assertThat(room.setState(alice, "m.room.canonical_alias", "", wrong).text("errcode"))
                .isEqualTo("M_BAD_ALIAS");
        assertThat(room.setState(
                                alice,
                                "m.room.canonical_alias",
                                "",
                                Json.object().put("alias", "named"))
                        .text("errcode"))
                .isEqualTo("M_INVALID_PARAM");
        assertThat(server.call("DELETE", alias, bob, null).status()).isEqualTo(403);
        assertThat(server.call("DELETE", alias, alice, null).status()).isEqualTo(200);
        assertThat(server.get(bob, alias).status()).isEqualTo(404);
    }

    @Test
    void theDirectoryListsWhatWasPublishedPageByPage() {
        var one = TestRoom.create(
                server, alice, Json.object().put("name", "Cheese club").put("visibility", "public"));
        var two = room("Wine club", "public_chat");
        one.join(bob);
        var listed = TestRoom.V3 + "directory/list/room/" + segment(two.id());
        assertThat(server.get(bob, listed).text("visibility")).isEqualTo("private");
        assertThat(server.put(bob, listed, Json.object().put("visibility", "public"))
                        .status())
                .isEqualTo(403);
        assertThat(server.put(alice, listed, Json.object().put("visibility", "public"))
                        .status())
                .isEqualTo(200);
        var all = TestRoom.V3 + "publicRooms";
        var first = server.get(bob, all + "?limit=1");
        assertThat(first.body().path("chunk").path(0).path("name").asString("")).isEqualTo("Cheese club");
        var second = server.get(bob, all + "?limit=1&since=" + first.text("next_batch"));
        assertThat(second.body().path("chunk").path(0).path("name").asString(""))
                .isEqualTo("Wine club");
        assertThat(second.body().has("next_batch")).isFalse();
        var search = Json.object();
        search.putObject("filter").put("generic_search_term", "CHEESE");
        assertThat(server.post(bob, all, search).body().path("chunk").size()).isEqualTo(1);
        assertThat(server.get(bob, all + "?since=x").status()).isEqualTo(400);
        server.put(alice, listed, Json.object().put("visibility", "private"));
        assertThat(server.get(bob, all).body().path("chunk").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10,11", "11,12", "12,12", "12,11"})
    void anUpgradeTakesStateBansAndNamesAlong(String from, String to) {
        var alias = "up" + from + to;
        var body = Json.object()
                .put("room_version", from)
                .put("name", "Old")
                .put("preset", "public_chat")
                .put("room_alias_name", alias);
        var old = TestRoom.create(server, alice, body);
        old.member(alice, "ban", bob);
        var refused = old.post(bob, "upgrade", Json.object().put("new_version", to));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(old.post(alice, "upgrade", Json.object().put("new_version", "3"))
                        .text("errcode"))
                .isEqualTo("M_UNSUPPORTED_ROOM_VERSION");
        var answer = old.post(alice, "upgrade", Json.object().put("new_version", to));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        var replacement = new TestRoom(server, answer.text("replacement_room"));
        assertThat(old.state(alice, "m.room.tombstone", "")
                        .path("replacement_room")
                        .asString(""))
                .isEqualTo(replacement.id());
        var create = replacement.state(alice, "m.room.create", "");
        assertThat(create.path("predecessor").path("room_id").asString("")).isEqualTo(old.id());
        assertThat(create.path("predecessor").has("event_id")).isEqualTo(!to.equals("12"));
        assertThat(create.path("room_version").asString("")).isEqualTo(to);
        assertThat(replacement.state(alice, "m.room.name", "").path("name").asString(""))
                .isEqualTo("Old");
        assertThat(replacement
                        .state(alice, "m.room.join_rules", "")
                        .path("join_rule")
                        .asString(""))
                .isEqualTo("public");
        assertThat(replacement.membership(alice, bob)).isEqualTo("ban");
        var named = TestRoom.V3 + "directory/room/" + segment("#" + alias + ":lanyard.localhost");
        assertThat(server.get(alice, named).text("room_id")).isEqualTo(replacement.id());
        assertThat(replacement
                        .setState(alice, "m.room.topic", "", Json.object().put("topic", "still in power"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void twoPeopleSeeWhichRoomsTheyShare() {
        var shared = room("Shared", "public_chat");
        shared.join(bob);
        var mutual = server.get(alice, V1 + "mutual_rooms?user_id=" + segment(bob.id()));
        assertThat(mutual.body().path("joined").toString()).contains(shared.id());
        assertThat(server.get(alice, V1 + "mutual_rooms?user_id=" + segment(alice.id()))
                        .status())
                .isEqualTo(400);
    }
}
