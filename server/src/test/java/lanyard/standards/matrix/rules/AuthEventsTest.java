package lanyard.standards.matrix.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// What an event cites: <https://spec.matrix.org/v1.18/server-server-api/#auth-events-selection> and rule 3 (2 in
/// versions 10 and 11).
class AuthEventsTest {
    private static List<String> selected(RoomVersion version, ObjectNode event) {
        return AuthRules.authEventTypes(version, event).stream()
                .map(key -> key.type().replace("m.room.", "") + (key.stateKey().isEmpty() ? "" : " " + key.stateKey()))
                .toList();
    }

    private static String[] andCreate(RoomVersion version, String... keys) {
        return version == RoomVersion.V12
                ? keys
                : Stream.concat(Stream.of("create"), Stream.of(keys)).toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void aCreateEventCitesNothing(RoomVersion version) {
        var scene = Scene.empty(version);
        assertThat(selected(version, scene.create())).isEmpty();
        assertThat(AuthRules.checkAuthEvents(version, scene.create(), List.of()).isAllowed())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageCitesPowerAndItsSender(RoomVersion version) {
        assertThat(selected(version, Scene.empty(version).message("@alice:a")))
                .containsExactly(andCreate(version, "power_levels", "member @alice:a"));
    }

    @ParameterizedTest
    @EnumSource
    void aMembershipCitesItsTargetAndPerhapsTheJoinRules(RoomVersion version) {
        var scene = Scene.empty(version);
        for (var membership : List.of("invite", "knock")) {
            assertThat(selected(version, scene.membership("@alice:a", "@bob:b", membership)))
                    .containsExactly(
                            andCreate(version, "power_levels", "member @alice:a", "member @bob:b", "join_rules"));
        }
        for (var membership : List.of("leave", "ban", "nonsense")) {
            assertThat(selected(version, scene.membership("@alice:a", "@bob:b", membership)))
                    .containsExactly(andCreate(version, "power_levels", "member @alice:a", "member @bob:b"));
        }
        assertThat(selected(version, scene.membership("@alice:a", "@alice:a", "join")))
                .containsExactly(andCreate(version, "power_levels", "member @alice:a", "join_rules"));
    }

    @ParameterizedTest
    @EnumSource
    void aRestrictedJoinCitesWhoVouches(RoomVersion version) {
        var content = "{'membership': 'join', 'join_authorised_via_users_server': '@bob:b'}";
        var join = Scene.empty(version).event("m.room.member", "@alice:a", "@alice:a", content);
        assertThat(selected(version, join))
                .containsExactly(andCreate(version, "power_levels", "member @alice:a", "join_rules", "member @bob:b"));
        var invite = Scene.empty(version)
                .event("m.room.member", "@alice:a", "@alice:a", content.replace("'join'", "'invite'"));
        assertThat(selected(version, invite)).doesNotContain("member @bob:b");
    }

    @ParameterizedTest
    @EnumSource
    void aThirdPartyInviteCitesItsToken(RoomVersion version) {
        var content = "{'membership': 'invite', 'third_party_invite': {'signed': {'token': 't'}}}";
        var invite = Scene.empty(version).event("m.room.member", "@alice:a", "@bob:b", content);
        assertThat(selected(version, invite)).contains("third_party_invite t");
        var join = Scene.empty(version)
                .event("m.room.member", "@alice:a", "@bob:b", content.replace("'invite'", "'join'"));
        assertThat(selected(version, join)).doesNotContain("third_party_invite t");
    }

    private static AuthResult cites(Scene scene, ObjectNode... events) {
        return AuthRules.checkAuthEvents(
                scene.version(),
                scene.message("@alice:a"),
                Stream.of(events).map(event -> new AuthEvent(event, false)).toList());
    }

    private static ObjectNode[] proper(Scene scene) {
        var powers = scene.event("m.room.power_levels", "@creator:a", "", "{}");
        var member = scene.membership("@alice:a", "@alice:a", "join");
        return scene.version() == RoomVersion.V12
                ? new ObjectNode[] {powers, member}
                : new ObjectNode[] {scene.create(), powers, member};
    }

    private static ObjectNode[] properAnd(Scene scene, ObjectNode more) {
        return Stream.concat(Stream.of(proper(scene)), Stream.of(more)).toArray(ObjectNode[]::new);
    }

    private static void assertRefused(AuthResult result, String reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        AuthResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @ParameterizedTest
    @EnumSource
    void allowsWhatIsSelectedAndLessOfIt(RoomVersion version) {
        var scene = Scene.empty(version);
        assertThat(cites(scene, proper(scene)).isAllowed()).isTrue();
        assertThat(
                        version == RoomVersion.V12
                                ? cites(scene).isAllowed()
                                : cites(scene, scene.create()).isAllowed())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void refusesDuplicates_3_1(RoomVersion version) {
        var scene = Scene.empty(version);
        var twice = scene.event("m.room.power_levels", "@creator:a", "", "{'ban': 1}");
        assertRefused(cites(scene, properAnd(scene, twice)), "cites two events");
    }

    @ParameterizedTest
    @CsvSource({"m.room.join_rules,", "m.room.member,@bob:b", "m.room.name,", "m.room.power_levels,x"})
    void refusesWhatIsNotSelected_3_2(String type, String stateKey) {
        for (var version : RoomVersion.values()) {
            var scene = Scene.empty(version);
            var other = scene.event(type, "@creator:a", stateKey == null ? "" : stateKey, "{}");
            assertRefused(cites(scene, properAnd(scene, other)), "no bearing");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAMessageInThePlaceOfState_3_2(RoomVersion version) {
        var scene = Scene.empty(version);
        var events = Stream.of(proper(scene)).map(ObjectNode::deepCopy).toArray(ObjectNode[]::new);
        events[events.length - 2].remove("state_key");
        assertRefused(cites(scene, events), "no bearing");
    }

    @ParameterizedTest
    @EnumSource
    void refusesRejectedEvents_3_3(RoomVersion version) {
        var scene = Scene.empty(version);
        var cited = Stream.of(proper(scene))
                .map(event ->
                        new AuthEvent(event, event.path("type").stringValue().equals("m.room.member")))
                .toList();
        assertRefused(AuthRules.checkAuthEvents(version, scene.message("@alice:a"), cited), "was rejected");
    }

    @ParameterizedTest
    @EnumSource
    void theCreateEventIsCitedBeforeVersion12AndNeverSince_2_4(RoomVersion version) {
        var scene = Scene.empty(version);
        if (version == RoomVersion.V12) {
            assertRefused(cites(scene, properAnd(scene, scene.create())), "no bearing");
        } else {
            var proper = proper(scene);
            assertRefused(cites(scene, proper[1], proper[2]), "does not cite the room's create event");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesEventsOfAnotherRoom_3_5(RoomVersion version) {
        var scene = Scene.empty(version);
        var events = proper(scene);
        events[events.length - 1].put("room_id", "!elsewhere:a");
        assertRefused(cites(scene, events), "another room");
    }
}
