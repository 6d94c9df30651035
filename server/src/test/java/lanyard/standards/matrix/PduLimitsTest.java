package lanyard.standards.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/client-server-api/#size-limits>
class PduLimitsTest {
    private static ObjectNode event() {
        return json("{'type': 'm.room.message', 'sender': '@a:b', 'room_id': '!r:b', 'content': {}, 'depth': 1,"
                + "'prev_events': ['$p'], 'auth_events': ['$a'], 'origin_server_ts': 1, 'hashes': {'sha256': 'x'}}");
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static void refuses(ObjectNode event, ErrorCode code) {
        assertThatThrownBy(() -> PduLimits.canonicalBytes(event, RoomVersion.V12))
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void answersTheCanonicalBytes() {
        assertThat(PduLimits.canonicalBytes(event(), RoomVersion.V12)).isEqualTo(CanonicalJson.bytes(event()));
    }

    @Test
    void anUnsignedEventLeavesRoomForItsSignature() {
        var overhead = CanonicalJson.bytes(event().put("x", "")).length;
        PduLimits.canonicalBytes(event().put("x", "y".repeat(65_536 - 512 - overhead)), RoomVersion.V12);
        refuses(event().put("x", "y".repeat(65_536 - 511 - overhead)), ErrorCode.M_TOO_LARGE);
    }

    @Test
    void aSignedEventHas65536BytesAndNoMore() {
        var event = event();
        event.putObject("signatures").putObject("b").put("ed25519:1", "s");
        var overhead = CanonicalJson.bytes(event.put("x", "")).length;
        PduLimits.canonicalBytes(event.put("x", "y".repeat(65_536 - overhead)), RoomVersion.V12);
        refuses(event.put("x", "y".repeat(65_537 - overhead)), ErrorCode.M_TOO_LARGE);
        refuses(event.put("x", "é".repeat((65_538 - overhead) / 2)), ErrorCode.M_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "state_key", "sender", "room_id"})
    void shortFieldsHave255BytesAndNoMore(String field) {
        var start = switch (field) {
            case "sender" -> "@:b";
            case "room_id" -> "!";
            default -> "";
        };
        var longest = start.isEmpty()
                ? "x".repeat(255)
                : start.charAt(0) + "x".repeat(255 - start.length()) + start.substring(1);
        PduLimits.canonicalBytes(event().put(field, longest), RoomVersion.V12);
        refuses(event().put(field, longest.replaceFirst("x", "xx")), ErrorCode.M_TOO_LARGE);
        refuses(event().put(field, longest.replaceFirst("x", "é")), ErrorCode.M_TOO_LARGE);
        refuses(event().put(field, 1), ErrorCode.M_BAD_JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "sender|'a'",
                "sender|'@a'",
                "sender|'@a:'",
                "room_id|'r'",
                "content|[]",
                "content|'x'",
                "content|null",
                "hashes|{}",
                "hashes|{'sha256': 1}",
                "origin_server_ts|'1'",
                "origin_server_ts|1.5",
                "depth|-1",
                "depth|9007199254740992",
                "depth|9223372036854775808",
                "depth|'1'",
                "prev_events|{}",
                "prev_events|[1]",
                "prev_events|['p']",
                "prev_events|[['$p', {}]]",
                "auth_events|null",
                "signatures|[]",
                "unsigned|'x'",
            })
    void refusesWrongShapes(String field, String value) {
        var event = event();
        event.setAll(json("{'" + field + "': " + value + "}"));
        refuses(event, ErrorCode.M_BAD_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type",
                "sender",
                "room_id",
                "content",
                "hashes",
                "origin_server_ts",
                "depth",
                "prev_events",
                "auth_events"
            })
    void refusesMissingFields(String field) {
        var event = event();
        event.remove(field);
        refuses(event, ErrorCode.M_BAD_JSON);
    }

    @Test
    void onlyVersion12sCreateEventHasNoRoomId() {
        var create = event().put("type", "m.room.create");
        create.remove("room_id");
        PduLimits.canonicalBytes(create, RoomVersion.V12);
        assertThatThrownBy(() -> PduLimits.canonicalBytes(create, RoomVersion.V11))
                .isInstanceOf(MatrixException.class);
    }

    @Test
    void depthReachesTo2ToThe53() {
        PduLimits.canonicalBytes(event().put("depth", PduLimits.MAXIMUM_DEPTH), RoomVersion.V12);
        PduLimits.canonicalBytes(event().put("depth", 0), RoomVersion.V12);
    }

    @Test
    void parentsAndAuthEventsHaveAnEnd() {
        var event = event();
        var parents = event.putArray("prev_events");
        for (var i = 0; i < 20; i++) {
            parents.add("$" + i);
        }
        PduLimits.canonicalBytes(event, RoomVersion.V12);
        parents.add("$20");
        refuses(event, ErrorCode.M_BAD_JSON);
        var cited = event().putArray("auth_events");
        for (var i = 0; i < 11; i++) {
            cited.add("$" + i);
        }
        var many = event();
        many.set("auth_events", cited);
        refuses(many, ErrorCode.M_BAD_JSON);
    }
}
