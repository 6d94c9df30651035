package lanyard.messaging.room;

import static lanyard.TestServer.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import lanyard.AliceAndBob;
import lanyard.TestKeys;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import lanyard.traceability.Hazard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class CreationTest extends AliceAndBob {
    private static final String CREATE = TestRoom.V3 + "createRoom";

    private TestRoom create(ObjectNode body) {
        return TestRoom.create(server, alice, body);
    }

    @ParameterizedTest
    @CsvSource({"private_chat,invite,can_join", "trusted_private_chat,invite,can_join", "public_chat,public,forbidden"})
    void aPresetSetsWhoMayComeIn(String preset, String joinRule, String guests) {
        var room = create(Json.object().put("preset", preset));
        assertThat(room.state(alice, "m.room.join_rules", "").path("join_rule").asString(""))
                .isEqualTo(joinRule);
        assertThat(room.state(alice, "m.room.guest_access", "")
                        .path("guest_access")
                        .asString(""))
                .isEqualTo(guests);
        assertThat(room.state(alice, "m.room.history_visibility", "")
                        .path("history_visibility")
                        .asString(""))
                .isEqualTo("shared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    void aRoomOfEachVersionCanBeMadeTwiceAndTalkedIn(String version) {
        var body =
                Json.object().put("room_version", version).put("name", "Ward").put("topic", "Beds");
        body.putArray("invite").add(bob.id());
        var room = create(body);
        assertThat(create(body).id()).isNotEqualTo(room.id());
        assertThat(room.id().contains(":")).isEqualTo(!version.equals("12"));
        var create = room.state(alice, "m.room.create", "");
        assertThat(create.path("room_version").asString("")).isEqualTo(version);
        assertThat(create.has("creator")).isEqualTo(version.equals("10"));
        assertThat(room.state(alice, "m.room.power_levels", "").path("users").has(alice.id()))
                .isEqualTo(!version.equals("12"));
        assertThat(room.state(alice, "m.room.name", "").path("name").asString(""))
                .isEqualTo("Ward");
        assertThat(room.join(bob).status()).isEqualTo(200);
        assertThat(server.send(bob, room.id(), "v" + version, "hello").status()).isEqualTo(200);
        assertThat(server.sync(bob, null).body().toString()).contains("hello");
    }

    @Test
    void anUnknownVersionPresetOrVisibilityIsRefused() {
        assertThat(server.post(alice, CREATE, Json.object().put("room_version", "9"))
                        .text("errcode"))
                .isEqualTo("M_UNSUPPORTED_ROOM_VERSION");
        for (var field : new String[] {"preset", "visibility"}) {
            assertThat(server.post(alice, CREATE, Json.object().put(field, "secret"))
                            .status())
                    .as(field)
                    .isEqualTo(400);
        }
    }

    @Test
    void initialStateGoesBeforeThePresetAndNameAndTopicGoBeforeIt() {
        var body = TestRoom.asked("12", "knock").put("name", "Wins");
        body.withArray("/initial_state")
                .addObject()
                .put("type", "m.room.name")
                .putObject("content")
                .put("name", "Loses");
        var room = create(body);
        assertThat(room.state(alice, "m.room.join_rules", "").path("join_rule").asString(""))
                .isEqualTo("knock");
        assertThat(room.state(alice, "m.room.name", "").path("name").asString(""))
                .isEqualTo("Wins");
    }

    @Test
    void trustedGuestsGetTheCreatorsPower() {
        for (var version : new String[] {"11", "12"}) {
            var body = Json.object().put("preset", "trusted_private_chat").put("room_version", version);
            body.putArray("invite").add(bob.id());
            var room = create(body);
            room.join(bob);
            assertThat(room.setState(
                                    bob,
                                    "m.room.power_levels",
                                    "",
                                    room.state(alice, "m.room.power_levels", "")
                                            .deepCopy()
                                            .asObject()
                                            .put("ban", 60))
                            .status())
                    .as(version)
                    .isEqualTo(200);
        }
    }

    @Test
    void powerLevelsCanBeOverriddenButNotSoThatTheRoomForbidsItself() {
        var body = Json.object();
        body.putObject("power_level_content_override").put("invite", 75);
        assertThat(create(body)
                        .state(alice, "m.room.power_levels", "")
                        .path("invite")
                        .asInt(0))
                .isEqualTo(75);
        var bad = Json.object().put("room_version", "12");
        bad.putObject("power_level_content_override").putObject("users").put(alice.id(), 100);
        var refused = server.post(alice, CREATE, bad);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errcode")).isEqualTo("M_INVALID_ROOM_STATE");
    }

    @Test
    void anAliasNamesTheRoomOnceAndIsGoneWhenCreationFails() {
        var room = create(Json.object().put("room_alias_name", "ward-7"));
        assertThat(room.state(alice, "m.room.canonical_alias", "").path("alias").asString(""))
                .isEqualTo("#ward-7:lanyard.localhost");
        assertThat(server.post(alice, CREATE, Json.object().put("room_alias_name", "ward-7"))
                        .text("errcode"))
                .isEqualTo("M_ROOM_IN_USE");
        var bad = Json.object().put("room_alias_name", "ward-8").put("room_version", "12");
        bad.putObject("power_level_content_override").putObject("users").put(alice.id(), 100);
        assertThat(server.post(alice, CREATE, bad).status()).isEqualTo(400);
        assertThat(server.get(alice, TestRoom.V3 + "directory/room/" + segment("#ward-8:lanyard.localhost"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDirectChatSaysSoToWhoIsAsked() {
        var body = Json.object().put("is_direct", true);
        body.putArray("invite").add(bob.id());
        var room = create(body);
        assertThat(room.state(alice, "m.room.member", bob.id())
                        .path("is_direct")
                        .asBoolean(false))
                .isTrue();
    }

    @Test
    void inTestsALanyardConversationStillHasTheOrganisationInIt() {
        var body =
                Json.object().put("kind", "operational").put("purpose", "Rota").put("request_id", "c1");
        body.putArray("member_user_ids").add(bob.id());
        assertThat(server.post(alice, "/_lanyard/v1/conversations", body).text("errcode"))
                .isEqualTo("ORG_LANYARD_NOT_REACHABLE");
        server.publishKeys(bob);
        var answer = server.post(alice, "/_lanyard/v1/conversations", body);
        var room = new TestRoom(server, answer.text("room_id"));
        assertThat(room.membership(alice, bob)).isEqualTo("join");
        assertThat(server.get(alice, room.path("joined_members")).body().toString())
                .contains("@lanyard:lanyard.localhost", "@records:lanyard.localhost");
        assertThat(room.state(alice, "m.room.create", "").toString()).contains("operational");
    }

    /// Colleagues' apps write only to devices that their person has signed: keys alone would take what nobody can read.
    @Test
    @Hazard("H08")
    void nobodyCanBeReachedBeforeTheyHaveSignedADevice() {
        var carol = server.register("carol.unsigned");
        var body =
                Json.object().put("kind", "operational").put("purpose", "Rota").put("request_id", "c2");
        body.putArray("member_user_ids").add(carol.id());
        Supplier<String> refusal =
                () -> server.post(alice, "/_lanyard/v1/conversations", body).text("errcode");
        var upload = TestKeys.upload(carol);
        server.post(carol, TestRoom.V3 + "keys/upload", upload);
        assertThat(refusal.get()).as("its keys alone").isEqualTo("ORG_LANYARD_NOT_REACHABLE");
        server.post(carol, TestRoom.V3 + "keys/device_signing/upload", TestKeys.identity(carol));
        assertThat(refusal.get()).as("an identity that vouches for nothing").isEqualTo("ORG_LANYARD_NOT_REACHABLE");
        var byMaster = Json.object();
        byMaster.putObject(carol.id())
                .set(carol.device(), TestKeys.sign(TestKeys.device(carol), carol, "m" + carol.id(), ""));
        server.post(carol, TestRoom.V3 + "keys/signatures/upload", byMaster);
        assertThat(refusal.get()).as("signed by another key of theirs").isEqualTo("ORG_LANYARD_NOT_REACHABLE");
        server.post(carol, TestRoom.V3 + "keys/signatures/upload", TestKeys.ownSignature(carol));
        assertThat(refusal.get()).isEmpty();
    }

    /// What a hospital must not have is refused with a sentence; what it has is a private room of its own.
    @Test
    void theProductRefusesPublicRoomsAndOtherVersions() {
        try (var product = TestServer.demonstration(InstantSource.system(), Map.of())) {
            var rhian = product.signIn("rhian.lloyd");
            for (var field : Map.of(
                            "preset", "public_chat",
                            "visibility", "public",
                            "room_alias_name", "ward")
                    .entrySet()) {
                var refused = product.post(rhian, CREATE, Json.object().put(field.getKey(), field.getValue()));
                assertThat(refused.status()).as(field.getKey()).isEqualTo(403);
                assertThat(refused.text("error")).contains("not public");
            }
            assertThat(product.post(rhian, CREATE, TestRoom.asked("12", "public"))
                            .status())
                    .isEqualTo(403);
            assertThat(product.post(rhian, CREATE, Json.object().put("room_version", "11"))
                            .text("errcode"))
                    .isEqualTo("M_UNSUPPORTED_ROOM_VERSION");
            var room = TestRoom.create(product, rhian, Json.object().put("preset", "trusted_private_chat"));
            assertThat(room.state(rhian, "m.room.encryption", "").has("algorithm"))
                    .isTrue();
            var listed = TestRoom.V3 + "directory/list/room/" + segment(room.id());
            assertThat(product.put(rhian, listed, Json.object().put("visibility", "public"))
                            .status())
                    .isEqualTo(403);
            var alias = TestRoom.V3 + "directory/room/" + segment("#ward:lanyard.localhost");
            assertThat(product.put(rhian, alias, Json.object().put("room_id", room.id()))
                            .status())
                    .isEqualTo(403);
            assertThat(room.post(rhian, "upgrade", Json.object().put("new_version", "12"))
                            .status())
                    .isEqualTo(403);
            assertThat(room.setState(
                                    rhian,
                                    "m.room.join_rules",
                                    "",
                                    Json.object().put("join_rule", "public"))
                            .status())
                    .isEqualTo(403);
            assertThat(product.post(rhian, TestRoom.V3 + "publicRooms", Json.object())
                            .body()
                            .path("chunk")
                            .isEmpty())
                    .isTrue();
        }
    }
}
