package lanyard.abuse;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanyard.MovableClock;
import lanyard.TestServer;
import lanyard.TestServer.Person;
import lanyard.platform.json.Json;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What nobody may do to a clinical conversation, its owner included (rows C8 to C12 of the abuse cases): the
/// organisation made it and keeps it as the guidance wants it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClinicalRoomsTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private TestServer server;
    private Person owner;
    private Person member;
    private Person outsider;
    private String room;

    @BeforeAll
    void start() {
        server = TestServer.demonstration(clock, Map.of());
        owner = server.signIn("rhian.lloyd");
        member = server.signIn("sian.evans");
        outsider = server.signIn("amara.okafor");
        var body = Json.object().put("kind", "clinical").put("purpose", "Bed 4").put("request_id", "r1");
        body.putArray("member_user_ids").add(member.id());
        room = server.post(owner, "/_lanyard/v1/conversations", body).text("room_id");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    record Change(String type, String stateKey, String content) {}

    static Stream<Change> changes() {
        return Stream.of(
                new Change("m.room.history_visibility", "", "{\"history_visibility\":\"world_readable\"}"),
                new Change("m.room.history_visibility", "", "{\"history_visibility\":\"shared\"}"),
                new Change("m.room.join_rules", "", "{\"join_rule\":\"public\"}"),
                new Change("m.room.join_rules", "", "{\"join_rule\":\"knock\"}"),
                new Change("m.room.guest_access", "", "{\"guest_access\":\"can_join\"}"),
                new Change("m.room.encryption", "", "{}"),
                new Change("m.room.encryption", "", "{\"algorithm\":\"none\"}"),
                new Change("m.room.power_levels", "", "{\"users_default\":100}"),
                new Change("m.room.power_levels", "", "{\"users\":{\"@rhian.lloyd:lanyard.localhost\":100}}"),
                new Change("m.room.canonical_alias", "", "{\"alias\":\"#ward:lanyard.localhost\"}"),
                new Change("m.room.server_acl", "", "{\"allow\":[]}"),
                new Change(
                        "m.room.tombstone",
                        "",
                        "{\"replacement_room\":\"!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"),
                new Change("m.room.create", "", "{\"room_version\":\"12\"}"),
                new Change("m.room.third_party_invite", "t", "{}"),
                new Change("m.room.member", "@records:lanyard.localhost", "{\"membership\":\"leave\"}"),
                new Change("m.room.member", "@lanyard:lanyard.localhost", "{\"membership\":\"ban\"}"),
                new Change("org.lanyard.room", "", "{\"kind\":\"social\"}"),
                new Change("org.lanyard.patient", "", "{\"linked\":false}"),
                new Change("org.lanyard.decision", "d1", "{\"status\":\"in_record\"}"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    @Rule("G29")
    void itsStateIsTheOrganisations(Change change) {
        for (var person : List.of(owner, member)) {
            var before = Contents.of(server);
            var answer = server.raw(
                    "PUT",
                    rooms("state/" + change.type() + "/" + segment(change.stateKey())),
                    person,
                    change.content().getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).as("%s", answer.body()).isIn(400, 403);
            assertThat(Contents.of(server)).containsExactlyInAnyOrderEntriesOf(before);
        }
    }

    @Test
    void theCustodianAndTheOrganisationCannotBeRemoved() {
        for (var id : List.of("@records:lanyard.localhost", "@lanyard:lanyard.localhost")) {
            for (var deed : List.of("kick", "ban")) {
                var answer = server.post(owner, rooms(deed), Json.object().put("user_id", id));
                assertThat(answer.status()).as(deed + " " + id).isEqualTo(403);
            }
        }
        var members = server.get(owner, rooms("joined_members")).body().path("joined");
        assertThat(members.has("@records:lanyard.localhost")).isTrue();
        assertThat(members.has("@lanyard:lanyard.localhost")).isTrue();
    }

    @Test
    void nobodyComesInByThemselvesNorIsItShownOutside() {
        assertThat(server.post(outsider, rooms("join"), Json.object()).status()).isEqualTo(403);
        assertThat(server.post(outsider, "/_matrix/client/v3/knock/" + segment(room), Json.object())
                        .status())
                .isIn(403, 404);
        var publish = Json.object().put("visibility", "public");
        assertThat(server.put(owner, "/_matrix/client/v3/directory/list/room/" + segment(room), publish)
                        .status())
                .isEqualTo(403);
        var alias = Json.object().put("room_id", room);
        assertThat(server.put(owner, "/_matrix/client/v3/directory/room/" + segment("#ward:lanyard.localhost"), alias)
                        .status())
                .isEqualTo(403);
        assertThat(server.get(outsider, "/_matrix/client/v3/publicRooms").body().path("chunk"))
                .isEmpty();
    }

    @Test
    void itIsNotReplacedByAnotherRoomOrAnUnsafeOne() {
        var upgrade = Json.object().put("new_version", "10");
        assertThat(server.post(owner, rooms("upgrade"), upgrade).status()).isIn(400, 403);
        for (var body : List.of(
                Json.object().put("visibility", "public"),
                Json.object().put("preset", "public_chat"),
                Json.object().put("room_version", "1"),
                Json.object().put("room_alias_name", "ward"))) {
            var answer = server.post(owner, "/_matrix/client/v3/createRoom", body);
            assertThat(answer.status()).as("%s", body).isIn(400, 403);
        }
    }

    private String rooms(String rest) {
        return "/_matrix/client/v3/rooms/" + segment(room) + "/" + rest;
    }
}
