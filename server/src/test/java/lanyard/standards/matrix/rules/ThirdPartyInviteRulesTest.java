package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Scene.ALICE;
import static lanyard.standards.matrix.rules.Scene.BOB;
import static lanyard.standards.matrix.rules.Scene.CREATOR;
import static lanyard.standards.matrix.rules.Scene.json;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import lanyard.standards.matrix.RoomVersion;
import lanyard.standards.matrix.Signing;
import lanyard.standards.matrix.SigningKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// Rule 5.4.1 (4.4.1 in versions 10 and 11).
class ThirdPartyInviteRulesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SigningKey KEY = SigningKey.generate("0", RANDOM);
    private static final SigningKey OTHER = SigningKey.generate("0", RANDOM);

    private static Scene scene(RoomVersion version) {
        var scene = Scene.peopled(version).powers("{'invite': 100}");
        return scene.with(scene.event("m.room.third_party_invite", ALICE, "token", publicKey(KEY)));
    }

    private static String publicKey(SigningKey key) {
        return "{'public_key': '" + key.verifyKey().base64() + "'}";
    }

    private static ObjectNode signed() {
        return Signing.sign(json("{'mxid': '@bob:b', 'token': 'token'}"), "identity.example", KEY);
    }

    private static ObjectNode invite(Scene scene, ObjectNode signed) {
        var event = scene.event("m.room.member", ALICE, BOB, "{'membership': 'invite', 'third_party_invite': {}}");
        ((ObjectNode) event.path("content").path("third_party_invite")).set("signed", signed);
        return event;
    }

    @ParameterizedTest
    @EnumSource
    void aSignedInvitationNeedsNoPower_7(RoomVersion version) {
        var scene = scene(version);
        scene.allows(invite(scene, signed()));
        // nor that who made it is still there
        scene.member(ALICE, "leave").allows(invite(scene, signed()));
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheBanned_1(RoomVersion version) {
        var scene = scene(version).member(BOB, "ban");
        scene.refuses(invite(scene, signed()), "is banned");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsIncomplete_2_3(RoomVersion version) {
        var scene = scene(version);
        for (var content : new String[] {"{}", "{'signed': 1}", "null", "'x'"}) {
            var event = scene.event(
                    "m.room.member", ALICE, BOB, "{'membership': 'invite', 'third_party_invite': " + content + "}");
            scene.refuses(event, "is not signed");
        }
        for (var field : new String[] {"mxid", "token"}) {
            var without = signed();
            without.remove(field);
            scene.refuses(invite(scene, without), "no person or no token");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherPersonTokenOrInviter_4_5_6(RoomVersion version) {
        var scene = scene(version);
        scene.refuses(invite(scene, signed()).put("state_key", "@eve:e"), "signed for another person");
        scene.refuses(invite(scene, signed().put("token", "other")), "unknown or was taken back");
        scene.refuses(invite(scene, signed()).put("sender", CREATOR), "made by another person");
    }

    @ParameterizedTest
    @EnumSource
    void anyKeyOfTheInvitationWillDo_7(RoomVersion version) {
        var scene = scene(version);
        scene.with(scene.event("m.room.third_party_invite", ALICE, "token", publicKey(OTHER)))
                .refuses(invite(scene, signed()), "signature does not match");
        var several =
                "{'public_key': 'nonsense', 'public_keys': [{}, 7, " + publicKey(OTHER) + "," + publicKey(KEY) + "]}";
        scene.with(scene.event("m.room.third_party_invite", ALICE, "token", several))
                .allows(invite(scene, signed()));
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatWasChangedAfterSigning_8(RoomVersion version) {
        var scene = scene(version);
        scene.refuses(invite(scene, signed().put("extra", 1)), "signature does not match");
        var unsigned = signed();
        unsigned.remove("signatures");
        scene.refuses(invite(scene, unsigned), "signature does not match");
    }

    @ParameterizedTest
    @EnumSource
    void aHostileInvitationEndsSoon(RoomVersion version) {
        var scene = scene(version);
        var content = json("{}");
        var keys = content.putArray("public_keys");
        IntStream.range(0, 1000).forEach(i -> keys.add(json(publicKey(OTHER))));
        scene.with(scene.event("m.room.third_party_invite", ALICE, "token", content.toString()));
        var signed = json("{'mxid': '@bob:b', 'token': 'token', 'signatures': {'x': {}}}");
        var signature = signed().path("signatures").path("identity.example").path("ed25519:0");
        IntStream.range(0, 500)
                .forEach(i -> ((ObjectNode) signed.path("signatures").path("x")).set("ed25519:" + i, signature));
        scene.refuses(invite(scene, signed), "signature does not match");
    }
}
