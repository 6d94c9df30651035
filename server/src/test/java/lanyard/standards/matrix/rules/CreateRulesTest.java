package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Scene.json;

import lanyard.standards.matrix.RoomVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Rule 1 of <https://spec.matrix.org/v1.18/rooms/v12/#authorisation-rules> and its forms in versions 10 and 11.
class CreateRulesTest {
    private static void allows(RoomVersion version, ObjectNode create) {
        Scene.empty(version).allows(create);
    }

    private static void refuses(RoomVersion version, ObjectNode create, String reason) {
        Scene.empty(version).refuses(create, reason);
    }

    @ParameterizedTest
    @EnumSource
    void aCreateEventBeginsARoom(RoomVersion version) {
        allows(version, Scene.createEvent(version, "{}"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesPreviousEvents_1_1(RoomVersion version) {
        var create = Scene.createEvent(version, "{}");
        create.putArray("prev_events").add("$before");
        refuses(version, create, "begins with its create event");
    }

    @ParameterizedTest
    @EnumSource(names = {"V10", "V11"})
    void theRoomsDomainIsTheSenders_1_2(RoomVersion version) {
        refuses(version, Scene.createEvent(version, "{}").put("room_id", "!room:b"), "room id");
        refuses(version, Scene.createEvent(version, "{}").put("room_id", "!room"), "room id");
        var create = Scene.createEvent(version, "{}");
        create.remove("room_id");
        refuses(version, create, "room id");
        allows(version, Scene.createEvent(version, "{}").put("room_id", "!other:a"));
    }

    @Test
    void version12HasNoRoomIdYet_1_2() {
        refuses(RoomVersion.V12, Scene.createEvent(RoomVersion.V12, "{}").put("room_id", "!room:a"), "room id");
    }

    @ParameterizedTest
    @EnumSource
    void refusesUnknownVersions_1_3(RoomVersion version) {
        for (var unknown : new String[] {"'9'", "'13'", "''", "12", "null"}) {
            var create = Scene.createEvent(version, "{}");
            ((ObjectNode) create.path("content"))
                    .setAll(json("{'creator': '@creator:a', 'room_version': " + unknown + "}"));
            refuses(version, create, "version is not known");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyVersion10NeedsACreator_1_4(RoomVersion version) {
        var create = Scene.createEvent(version, "{}");
        ((ObjectNode) create.path("content")).remove("creator");
        if (version == RoomVersion.V10) {
            refuses(version, create, "no creator");
        } else {
            allows(version, create);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'@a:b'", "[1]", "['bob']", "['@bob']", "[':b']", "['@bob:']", "['@bob:b', null]", "{}", "null"})
    void refusesAdditionalCreatorsThatAreNoUsers_1_4(String creators) {
        var content = "{'additional_creators': " + creators + "}";
        refuses(RoomVersion.V12, Scene.createEvent(RoomVersion.V12, content), "additional creators");
        allows(RoomVersion.V11, Scene.createEvent(RoomVersion.V11, content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "['@bob:b']", "['@bob:b:8448', '@:[::1]', '@Bob Ä:b']"})
    void allowsAdditionalCreatorsThatAreUsers_1_5(String creators) {
        allows(RoomVersion.V12, Scene.createEvent(RoomVersion.V12, "{'additional_creators': " + creators + "}"));
    }
}
