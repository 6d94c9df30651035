package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Scene.ALICE;
import static lanyard.standards.matrix.rules.Scene.BOB;
import static lanyard.standards.matrix.rules.Scene.CREATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rules 2, 4, 6 to 9 and 11, and the redaction that is carried out.
class DeedRulesTest {
    @ParameterizedTest
    @EnumSource
    void refusesWhatHasNoRoom_2(RoomVersion version) {
        var scene = Scene.peopled(version);
        assertThat(AuthRules.check(version, scene.message(ALICE), (type, key) -> Optional.empty())
                        .isAllowed())
                .isFalse();
        scene.refuses(scene.message(ALICE).put("room_id", "!other:a"), "does not belong to a room");
        var homeless = scene.message(ALICE);
        homeless.remove("room_id");
        scene.refuses(homeless, "does not belong to a room");
    }

    @Test
    void version12NamesTheRoomByTheCreateEventsHash_2() {
        var scene = Scene.peopled(RoomVersion.V12);
        var other = Scene.created(RoomVersion.V12, "{'x': 1}");
        assertThat(other.roomId()).isNotEqualTo(scene.roomId());
        scene.refuses(scene.message(ALICE).put("room_id", other.roomId()), "does not belong to a room");
    }

    @ParameterizedTest
    @EnumSource
    void aRoomMayKeepToItsServer_4(RoomVersion version) {
        for (var content :
                new String[] {"{'m.federate': false}", "{'m.federate': true}", "{}", "{'m.federate': 'no'}"}) {
            var scene = Scene.created(version, content).member(ALICE, "join").member(BOB, "join");
            scene.allows(scene.message(ALICE));
            if (content.contains("false")) {
                scene.refuses(scene.message(BOB), "closed to people of other servers");
            } else {
                scene.allows(scene.message(BOB));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyMembersAct_6(RoomVersion version) {
        var scene = Scene.peopled(version);
        scene.allows(scene.message(ALICE));
        scene.refuses(scene.message(BOB), "not in this room");
        for (var membership : new String[] {"invite", "knock", "leave", "ban", "nonsense"}) {
            scene.member(ALICE, membership).refuses(scene.message(ALICE), "not in this room");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThirdPartyInviteNeedsTheInviteLevel_7_1(RoomVersion version) {
        var scene = Scene.peopled(version).powers("{'invite': 50, 'users': {'@alice:a': 50}, 'state_default': 100}");
        scene.allows(scene.event("m.room.third_party_invite", ALICE, "token", "{}"));
        scene.powers("{'invite': 51, 'users': {'@alice:a': 50}, 'events': {'m.room.third_party_invite': 0}}");
        scene.refuses(scene.event("m.room.third_party_invite", ALICE, "token", "{}"), "may not invite");
    }

    @ParameterizedTest
    @EnumSource
    void anEventNeedsItsLevel_8(RoomVersion version) {
        var scene = Scene.peopled(version);
        // no power levels event: 0 for messages, 50 for state
        scene.allows(scene.message(ALICE));
        scene.refuses(scene.event("m.room.topic", ALICE, "", "{}"), "may not send this kind");
        scene.allows(scene.event("m.room.topic", CREATOR, "", "{}"));
        scene.powers("{'events_default': 1}").refuses(scene.message(ALICE), "may not send this kind");
        scene.powers("{'events_default': 1, 'users_default': 1}").allows(scene.message(ALICE));
        scene.powers("{'state_default': 0}").allows(scene.event("m.room.topic", ALICE, "", "{}"));
        scene.powers("{'events': {'m.room.message': 10}, 'users': {'@alice:a': 9}}")
                .refuses(scene.message(ALICE), "may not send this kind");
        scene.powers("{'events': {'m.room.message': 10}, 'users': {'@alice:a': 10}}")
                .allows(scene.message(ALICE));
        scene.powers("{'events': {'m.room.message': -5}, 'users': {'@alice:a': -5}}")
                .allows(scene.message(ALICE));
    }

    @ParameterizedTest
    @EnumSource
    void theCreatorLosesPowerBeforeVersion12AndNeverSince_8(RoomVersion version) {
        var scene = Scene.peopled(version).powers("{'users_default': 0, 'state_default': 9007199254740991}");
        if (version == RoomVersion.V12) {
            scene.allows(scene.event("m.room.topic", CREATOR, "", "{}"));
        } else {
            scene.refuses(scene.event("m.room.topic", CREATOR, "", "{}"), "may not send this kind");
        }
    }

    @Test
    void additionalCreatorsStandAboveAllLevels_8() {
        var content = "{'additional_creators': ['@bob:b']}";
        for (var version : RoomVersion.values()) {
            var scene = Scene.created(version, content).member(BOB, "join").powers("{'events_default': 100}");
            if (version == RoomVersion.V12) {
                scene.allows(scene.message(BOB));
            } else {
                scene.refuses(scene.message(BOB), "may not send this kind");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void stateNamedAfterAPersonIsTheirs_9(RoomVersion version) {
        var scene = Scene.peopled(version).powers("{'state_default': 0}");
        scene.allows(scene.event("org.lanyard.x", ALICE, ALICE, "{}"));
        scene.refuses(scene.event("org.lanyard.x", ALICE, BOB, "{}"), "whom this state names");
        scene.refuses(scene.event("org.lanyard.x", CREATOR, ALICE, "{}"), "whom this state names");
        scene.allows(scene.event("org.lanyard.x", ALICE, "_" + BOB, "{}"));
    }

    @ParameterizedTest
    @EnumSource
    void otherwiseAllowed_11(RoomVersion version) {
        var scene = Scene.peopled(version).powers("{'redact': 100}");
        // The redact level is no authorisation rule.
        scene.allows(scene.event("m.room.redaction", ALICE, null, "{'redacts': '$x'}"));
    }

    @ParameterizedTest
    @EnumSource
    void aRedactionIsCarriedOutForTheLevelOrTheAuthorsServer(RoomVersion version) {
        var scene = Scene.peopled(version).member(BOB, "join").powers("{'users': {'@bob:b': 50}}");
        var byAlice = scene.event("m.room.redaction", ALICE, null, "{'redacts': '$x'}");
        var byBob = scene.event("m.room.redaction", BOB, null, "{'redacts': '$x'}");
        assertThat(AuthRules.appliesRedaction(version, byBob, scene.message(ALICE), scene))
                .isTrue();
        assertThat(AuthRules.appliesRedaction(version, byAlice, scene.message("@carol:a"), scene))
                .isTrue();
        assertThat(AuthRules.appliesRedaction(version, byAlice, scene.message(BOB), scene))
                .isFalse();
        scene.powers("{'redact': 51, 'users': {'@bob:b': 50}}");
        assertThat(AuthRules.appliesRedaction(version, byBob, scene.message(ALICE), scene))
                .isFalse();
    }

    @Test
    void aRefusalBecomesForbiddenWithItsReason() {
        var scene = Scene.empty(RoomVersion.V12);
        var result = AuthRules.check(scene.version(), scene.message(BOB), scene);
        assertThatThrownBy(result::orThrow).isInstanceOfSatisfying(MatrixException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.M_FORBIDDEN);
            assertThat(e.sentence()).isEqualTo("You are not in this room.");
        });
        AuthResult.allowed().orThrow();
    }
}
