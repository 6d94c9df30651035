package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Scene.ALICE;
import static lanyard.standards.matrix.rules.Scene.CREATOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Rule 10 (9 in versions 10 and 11) and the defaults of
/// <https://spec.matrix.org/v1.18/client-server-api/#mroompower_levels>.
class PowerLevelRulesTest {
    private static final List<String> LEVELS =
            List.of("users_default", "events_default", "state_default", "ban", "redact", "kick", "invite");

    private static ObjectNode powers(Scene scene, String sender, String content) {
        return scene.event("m.room.power_levels", sender, "", content);
    }

    @ParameterizedTest
    @EnumSource
    void levelsAreWholeNumbers_10_1(RoomVersion version) {
        var scene = Scene.peopled(version);
        for (var level : LEVELS) {
            for (var bad : List.of("'50'", "1.5", "1e3", "null", "true", "{}", "9007199254740992")) {
                scene.refuses(powers(scene, CREATOR, "{'" + level + "': " + bad + "}"), "must be a whole number");
            }
            scene.allows(powers(scene, CREATOR, "{'" + level + "': -7}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void levelsOfEventsAndNotificationsAreWholeNumbers_10_2(RoomVersion version) {
        var scene = Scene.peopled(version);
        for (var field : List.of("events", "notifications")) {
            for (var bad : List.of("[]", "'x'", "null", "1", "{'a': '1'}", "{'a': 1, 'b': 1.5}", "{'a': null}")) {
                scene.refuses(powers(scene, CREATOR, "{'" + field + "': " + bad + "}"), "events and notifications");
            }
            scene.allows(powers(scene, CREATOR, "{'" + field + "': {'a': 1}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "'x'", "null", "{'@bob:b': '50'}", "{'bob': 1}", "{'@bob': 1}", "{'': 1}", "{'@a:b ': 1}"})
    void usersAreUserIdsWithWholeNumbers_10_3(String users) {
        for (var version : RoomVersion.values()) {
            var scene = Scene.peopled(version);
            scene.refuses(powers(scene, CREATOR, "{'users': " + users + "}"), "of people must be");
            scene.allows(powers(scene, CREATOR, "{'users': {'@bob:b': 1, '@Historic Ü:b': 2}}"));
        }
    }

    @Test
    void creatorsAreNotListedInVersion12_10_4() {
        for (var version : RoomVersion.values()) {
            var scene = Scene.created(version, "{'additional_creators': ['@extra:c']}")
                    .member(CREATOR, "join");
            for (var creator : List.of(CREATOR, "@extra:c")) {
                var event = powers(scene, CREATOR, "{'users': {'" + creator + "': 100}}");
                if (version == RoomVersion.V12) {
                    scene.refuses(event, "creators stand above");
                } else {
                    scene.allows(event);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstMayDoAnything_10_5(RoomVersion version) {
        var scene = Scene.peopled(version);
        scene.allows(powers(scene, CREATOR, "{'ban': 1000, 'users': {'@alice:a': 1000}}"));
    }

    /// Alice has 50 and may send power levels: what she may change from what to what.
    private static void change(String before, String after, boolean allowed, String reason) {
        for (var version : RoomVersion.values()) {
            var common = "'events': {'m.room.power_levels': 0%s}, 'users': {'@alice:a': 50%s}%s";
            var scene = Scene.peopled(version).powers("{" + fill(common, before) + "}");
            var event = powers(scene, ALICE, "{" + fill(common, after) + "}");
            if (allowed) {
                scene.allows(event);
            } else {
                scene.refuses(event, reason);
            }
        }
    }

    /// `events x`, `users x` or `x`: where in the common content the entry goes; `-` is nothing.
    private static String fill(String common, String entry) {
        var more = ", " + entry.substring(entry.indexOf(' ') + 1);
        if (entry.equals("-")) {
            return common.formatted("", "", "");
        }
        return entry.startsWith("events ")
                ? common.formatted(more, "", "")
                : entry.startsWith("users ") ? common.formatted("", more, "") : common.formatted("", "", ", " + entry);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'ban': 50|'ban': 50|true",
                "'ban': 60|'ban': 60|true",
                "'ban': 50|'ban': 10|true",
                "'ban': 51|'ban': 50|false",
                "'ban': 50|'ban': 51|false",
                "-|'ban': 50|true",
                "-|'ban': 51|false",
                "'ban': 50|-|true",
                "'ban': 51|-|false",
                "'kick': 51|-|false",
                "'invite': 51|-|false",
                "'redact': 51|-|false",
                "'users_default': 51|-|false",
                "'events_default': 51|-|false",
                "-|'state_default': 51|false",
            })
    void nobodyChangesALevelAboveTheirs_10_6(String before, String after, boolean allowed) {
        change(before, after, allowed, "above your own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "events 'x': 50|events 'x': 10|true",
                "events 'x': 51|events 'x': 51|true",
                "events 'x': 51|events 'x': 10|false",
                "events 'x': 51|-|false",
                "events 'x': 50|-|true",
                "'notifications': {'room': 51}|-|false",
                "'notifications': {'room': 51}|'notifications': {'room': 1}|false",
                "'notifications': {'room': 50}|'notifications': {'room': 1}|true",
            })
    void nobodyTakesAwayANeedAboveTheirs_10_7(String before, String after, boolean allowed) {
        change(before, after, allowed, "more power than you have");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-|events 'x': 50|true",
                "-|events 'x': 51|false",
                "events 'x': 1|events 'x': 51|false",
                "-|'notifications': {'room': 51}|false",
                "-|'notifications': {'room': 50}|true",
            })
    void nobodyAsksForMoreThanTheyHave_10_8(String before, String after, boolean allowed) {
        change(before, after, allowed, "ask for more power");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "users '@bob:b': 49|users '@bob:b': 0|true",
                "users '@bob:b': 49|-|true",
                "users '@bob:b': 50|users '@bob:b': 50|true",
                "users '@bob:b': 50|users '@bob:b': 0|false",
                "users '@bob:b': 50|-|false",
                "users '@bob:b': 51|-|false",
            })
    void nobodyTouchesTheirEquals_10_9(String before, String after, boolean allowed) {
        change(before, after, allowed, "as much as you");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-|users '@bob:b': 50|true",
                "-|users '@bob:b': 51|false",
                "users '@bob:b': 0|users '@bob:b': 51|false",
            })
    void nobodyGivesMoreThanTheyHave_10_10(String before, String after, boolean allowed) {
        change(before, after, allowed, "give more power");
    }

    @ParameterizedTest
    @EnumSource
    void everybodyMayStepDownAndNobodyUp_10_9_10_10(RoomVersion version) {
        var scene = Scene.peopled(version).powers("{'events': {'m.room.power_levels': 0}, 'users': {'@alice:a': 50}}");
        scene.allows(powers(scene, ALICE, "{'events': {'m.room.power_levels': 0}, 'users': {'@alice:a': 10}}"));
        scene.allows(powers(scene, ALICE, "{'events': {'m.room.power_levels': 0}}"));
        scene.refuses(
                powers(scene, ALICE, "{'events': {'m.room.power_levels': 0}, 'users': {'@alice:a': 51}}"),
                "give more power");
    }

    @Test
    void aCreatorOfVersion12ChangesAnything_10_11() {
        var scene = Scene.peopled(RoomVersion.V12).powers("{'ban': 9007199254740991, 'users': {'@alice:a': 100}}");
        scene.allows(powers(scene, CREATOR, "{'ban': 0, 'users': {'@alice:a': 9007199254740991}}"));
    }

    @Test
    void withoutAnEventTheDefaultsHold() {
        for (var version : RoomVersion.values()) {
            var levels = PowerLevels.of(version, Scene.empty(version));
            assertThat(levels.user(ALICE)).isZero();
            assertThat(levels.user(CREATOR)).isEqualTo(version == RoomVersion.V12 ? PowerLevels.INFINITE : 100);
            assertThat(List.of(levels.invite(), levels.kick(), levels.ban(), levels.redact()))
                    .containsExactly(0L, 50L, 50L, 50L);
            assertThat(levels.required("m.room.message", false)).isZero();
            assertThat(levels.required("m.room.name", true)).isEqualTo(50);
            assertThat(levels.notification("room")).isEqualTo(50);
        }
    }

    @Test
    void withAnEventItsLevelsHold() {
        for (var version : RoomVersion.values()) {
            var scene = Scene.empty(version)
                    .powers("{'users_default': 5, 'users': {'@alice:a': 7}, 'events': {'x': 9}, 'state_default': 1,"
                            + "'events_default': 2, 'invite': 3, 'kick': 4, 'ban': 6, 'redact': 8,"
                            + "'notifications': {'room': 10}}");
            var levels = PowerLevels.of(version, scene);
            assertThat(levels.user(ALICE)).isEqualTo(7);
            assertThat(levels.user("@bob:b")).isEqualTo(5);
            assertThat(levels.user(CREATOR)).isEqualTo(version == RoomVersion.V12 ? PowerLevels.INFINITE : 5);
            assertThat(List.of(levels.invite(), levels.kick(), levels.ban(), levels.redact()))
                    .containsExactly(3L, 4L, 6L, 8L);
            assertThat(levels.required("x", true)).isEqualTo(9);
            assertThat(levels.required("x", false)).isEqualTo(9);
            assertThat(levels.required("y", true)).isEqualTo(1);
            assertThat(levels.required("y", false)).isEqualTo(2);
            assertThat(levels.notification("room")).isEqualTo(10);
        }
    }
}
