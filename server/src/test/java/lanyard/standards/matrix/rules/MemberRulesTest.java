package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Scene.ALICE;
import static lanyard.standards.matrix.rules.Scene.BOB;
import static lanyard.standards.matrix.rules.Scene.CREATOR;

import java.util.List;
import lanyard.standards.matrix.RoomVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// Rule 5 (4 in versions 10 and 11), clause by clause. A row ends in the refusal, or in null where it is allowed.
class MemberRulesTest {
    private static final List<String> MEMBERSHIPS = List.of("none", "join", "invite", "knock", "leave", "ban");

    private static Scene withBob(RoomVersion version, String membership) {
        var scene = Scene.peopled(version);
        return membership.equals("none") ? scene : scene.member(BOB, membership);
    }

    private static void expect(Scene scene, ObjectNode event, @Nullable String refusal) {
        if (refusal == null) {
            scene.allows(event);
        } else {
            scene.refuses(event, refusal);
        }
    }

    @ParameterizedTest
    @EnumSource
    void needsAPersonAndAMembership_5_1(RoomVersion version) {
        var scene = Scene.peopled(version).joinRule("public");
        scene.refuses(scene.event("m.room.member", BOB, null, "{'membership': 'join'}"), "needs a person");
        scene.refuses(scene.event("m.room.member", BOB, BOB, "{}"), "needs a person");
        scene.allows(scene.membership(BOB, BOB, "join"));
    }

    @ParameterizedTest
    @EnumSource
    void theCreatorJoinsFirst_5_3_1(RoomVersion version) {
        var scene = Scene.empty(version);
        var join = scene.membership(CREATOR, CREATOR, "join");
        join.putArray("prev_events").add(scene.createId());
        scene.allows(join);
        // not the creator
        var other = scene.membership(ALICE, ALICE, "join");
        other.putArray("prev_events").add(scene.createId());
        scene.refuses(other, "not been invited");
        // not straight after the create event
        scene.refuses(scene.membership(CREATOR, CREATOR, "join"), "not been invited");
        var two = scene.membership(CREATOR, CREATOR, "join");
        two.putArray("prev_events").add(scene.createId()).add("$other");
        scene.refuses(two, "not been invited");
    }

    @Test
    void version10KnowsTheCreatorFromTheContent_5_3_1() {
        for (var version : RoomVersion.values()) {
            var scene = Scene.empty(version);
            ((ObjectNode) scene.create().path("content")).put("creator", ALICE);
            var named = scene.membership(ALICE, ALICE, "join");
            named.putArray("prev_events").add(scene.createId());
            expect(scene, named, version == RoomVersion.V10 ? null : "not been invited");
            var sender = scene.membership(CREATOR, CREATOR, "join");
            sender.putArray("prev_events").add(scene.createId());
            expect(scene, sender, version == RoomVersion.V10 ? "not been invited" : null);
        }
    }

    @Test
    void additionalCreatorsNeedAnInvitation_5_3_1() {
        var scene = Scene.created(RoomVersion.V12, "{'additional_creators': ['@alice:a']}");
        var join = scene.membership(ALICE, ALICE, "join");
        join.putArray("prev_events").add(scene.createId());
        scene.refuses(join, "not been invited");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyJoinsForAnother_5_3_2(RoomVersion version) {
        var scene = withBob(version, "invite").joinRule("public");
        scene.refuses(scene.membership(ALICE, BOB, "join"), "join for themselves");
        scene.refuses(scene.membership(CREATOR, BOB, "join"), "join for themselves");
    }

    @ParameterizedTest
    @EnumSource
    void joiningFollowsTheJoinRule_5_3_3_to_5_3_7(RoomVersion version) {
        for (var rule : List.of("public", "invite", "knock", "private", "nonsense", "default")) {
            for (var membership : MEMBERSHIPS) {
                var scene = withBob(version, membership);
                if (!rule.equals("default")) {
                    scene.joinRule(rule);
                }
                var isExpected = membership.equals("invite") || membership.equals("join");
                var refusal = switch (rule) {
                    case "public" -> null;
                    case "invite", "knock", "default" -> isExpected ? null : "not been invited";
                    default -> "not been invited";
                };
                expect(
                        scene,
                        scene.membership(BOB, BOB, "join"),
                        membership.equals("ban") ? "banned from this room" : refusal);
            }
        }
    }

    private static ObjectNode vouched(Scene scene, String content) {
        return scene.event("m.room.member", BOB, BOB, "{'membership': 'join'" + content + "}");
    }

    @ParameterizedTest
    @EnumSource
    void aRestrictedJoinNeedsAnInvitationOrAVoucher_5_3_5(RoomVersion version) {
        var byAlice = ", 'join_authorised_via_users_server': '@alice:a'";
        for (var rule : List.of("restricted", "knock_restricted")) {
            for (var membership : MEMBERSHIPS) {
                var scene = withBob(version, membership).joinRule(rule);
                var isExpected = membership.equals("invite") || membership.equals("join");
                var banned = membership.equals("ban") ? "banned" : null;
                expect(scene, vouched(scene, ""), banned != null ? banned : isExpected ? null : "vouches");
                expect(scene, vouched(scene, byAlice), banned);
                scene.powers("{'invite': 10, 'users': {'@alice:a': 10}}");
                expect(scene, vouched(scene, byAlice), banned);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoVouchesIsInTheRoomAndMayInvite_5_3_5_2(RoomVersion version) {
        var scene = Scene.peopled(version).joinRule("restricted").powers("{'invite': 10, 'users': {'@alice:a': 9}}");
        for (var voucher : List.of("'@alice:a'", "'@nobody:a'", "7", "''")) {
            scene.refuses(vouched(scene, ", 'join_authorised_via_users_server': " + voucher), "vouches");
        }
        scene.powers("{'invite': 10, 'users': {'@alice:a': 10}}").member(ALICE, "leave");
        scene.refuses(vouched(scene, ", 'join_authorised_via_users_server': '@alice:a'"), "vouches");
    }

    @ParameterizedTest
    @EnumSource
    void invitingNeedsPresenceAndPower_5_4_2_to_5_4_5(RoomVersion version) {
        for (var membership : MEMBERSHIPS) {
            var scene = withBob(version, membership);
            var refusal = switch (membership) {
                case "join" -> "already in the room";
                case "ban" -> "is banned";
                default -> null;
            };
            expect(scene, scene.membership(ALICE, BOB, "invite"), refusal);
            scene.powers("{'invite': 1}");
            expect(scene, scene.membership(ALICE, BOB, "invite"), refusal != null ? refusal : "may not invite");
            scene.powers("{'invite': 1, 'users': {'@alice:a': 1}}");
            expect(scene, scene.membership(ALICE, BOB, "invite"), refusal);
            for (var absent : List.of("invite", "knock", "leave", "ban")) {
                scene.member(ALICE, absent).refuses(scene.membership(ALICE, BOB, "invite"), "not in this room");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void peopleLeaveWhatTheyAreIn_5_5_1(RoomVersion version) {
        for (var membership : MEMBERSHIPS) {
            var scene = withBob(version, membership);
            var isIn = List.of("join", "invite", "knock").contains(membership);
            expect(scene, scene.membership(BOB, BOB, "leave"), isIn ? null : "not in this room");
        }
    }

    @ParameterizedTest
    @EnumSource
    void removingNeedsPresenceAndMorePower_5_5_2_to_5_5_5(RoomVersion version) {
        var scene = withBob(version, "join");
        scene.refuses(scene.membership("@carol:a", BOB, "leave"), "not in this room");
        scene.refuses(scene.membership(ALICE, BOB, "leave"), "may not remove");
        scene.allows(scene.membership(CREATOR, BOB, "leave"));
        scene.powers("{'users': {'@alice:a': 50}}").allows(scene.membership(ALICE, BOB, "leave"));
        scene.powers("{'users': {'@alice:a': 49}}").refuses(scene.membership(ALICE, BOB, "leave"), "may not remove");
        scene.powers("{'kick': 51, 'users': {'@alice:a': 50}}")
                .refuses(scene.membership(ALICE, BOB, "leave"), "may not remove");
        scene.powers("{'kick': 10, 'users': {'@alice:a': 20, '@bob:b': 20}}")
                .refuses(scene.membership(ALICE, BOB, "leave"), "may not remove");
        scene.powers("{'kick': 10, 'users': {'@alice:a': 20, '@bob:b': 19}}")
                .allows(scene.membership(ALICE, BOB, "leave"));
    }

    @ParameterizedTest
    @EnumSource
    void liftingABanNeedsBothLevels_5_5_3(RoomVersion version) {
        var scene = withBob(version, "ban");
        scene.powers("{'ban': 60, 'kick': 10, 'users': {'@alice:a': 59}}")
                .refuses(scene.membership(ALICE, BOB, "leave"), "lift a ban");
        scene.powers("{'ban': 60, 'kick': 10, 'users': {'@alice:a': 60}}")
                .allows(scene.membership(ALICE, BOB, "leave"));
        scene.powers("{'ban': 60, 'kick': 70, 'users': {'@alice:a': 60}}")
                .refuses(scene.membership(ALICE, BOB, "leave"), "may not remove");
    }

    @ParameterizedTest
    @EnumSource
    void banningNeedsPresenceAndMorePower_5_6(RoomVersion version) {
        for (var membership : MEMBERSHIPS) {
            var scene = withBob(version, membership);
            scene.refuses(scene.membership("@carol:a", BOB, "ban"), "not in this room");
            scene.refuses(scene.membership(ALICE, BOB, "ban"), "may not ban");
            scene.powers("{'users': {'@alice:a': 50}}").allows(scene.membership(ALICE, BOB, "ban"));
            scene.powers("{'ban': 51, 'users': {'@alice:a': 50}}")
                    .refuses(scene.membership(ALICE, BOB, "ban"), "may not ban");
            scene.powers("{'users': {'@alice:a': 50, '@bob:b': 50}}")
                    .refuses(scene.membership(ALICE, BOB, "ban"), "may not ban");
        }
    }

    @Test
    void nobodyRemovesACreatorInVersion12_5_5_4_and_5_6_2() {
        var scene = Scene.peopled(RoomVersion.V12).powers("{'users': {'@alice:a': 9007199254740991}}");
        scene.refuses(scene.membership(ALICE, CREATOR, "leave"), "may not remove");
        scene.refuses(scene.membership(ALICE, CREATOR, "ban"), "may not ban");
        scene.allows(scene.membership(CREATOR, ALICE, "ban"));
        var two = Scene.created(RoomVersion.V12, "{'additional_creators': ['@alice:a']}")
                .member(CREATOR, "join")
                .member(ALICE, "join");
        two.refuses(two.membership(ALICE, CREATOR, "leave"), "may not remove");
        two.refuses(two.membership(CREATOR, ALICE, "ban"), "may not ban");
    }

    @ParameterizedTest
    @EnumSource
    void knockingFollowsTheJoinRule_5_7(RoomVersion version) {
        for (var rule : List.of("public", "invite", "restricted", "private", "knock", "knock_restricted")) {
            for (var membership : MEMBERSHIPS) {
                var scene = withBob(version, membership).joinRule(rule);
                var refusal = switch (membership) {
                    case "ban" -> "banned";
                    case "invite" -> "invited already";
                    case "join" -> "in this room already";
                    default -> null;
                };
                var takesKnocks = rule.startsWith("knock");
                expect(scene, scene.membership(BOB, BOB, "knock"), takesKnocks ? refusal : "does not take requests");
                expect(
                        scene,
                        scene.membership(ALICE, BOB, "knock"),
                        takesKnocks ? "for themselves only" : "does not take requests");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thereAreNoOtherMemberships_5_8(RoomVersion version) {
        var scene = Scene.peopled(version).joinRule("public");
        for (var membership : List.of("'JOIN'", "''", "'owner'", "1", "null", "{}")) {
            scene.refuses(
                    scene.event("m.room.member", CREATOR, CREATOR, "{'membership': " + membership + "}"),
                    "no such membership");
        }
    }
}
