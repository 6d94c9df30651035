package lanyard.standards.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// <https://spec.matrix.org/v1.18/rooms/v10/#redactions> and <https://spec.matrix.org/v1.18/rooms/v12/#redactions>.
class RedactionTest {
    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static ObjectNode redactedContent(RoomVersion version, String type, String content) {
        var event = json("{'type': '" + type + "'}");
        event.set("content", json(content));
        return (ObjectNode) Redaction.redact(event, version).path("content");
    }

    @ParameterizedTest
    @EnumSource
    void keepsOnlyProtectedKeys(RoomVersion version) {
        var protectedKeys = List.of(
                "event_id",
                "type",
                "room_id",
                "sender",
                "state_key",
                "content",
                "hashes",
                "signatures",
                "depth",
                "prev_events",
                "auth_events",
                "origin_server_ts");
        var until11 = List.of("prev_state", "origin", "membership");
        var event = json("{}");
        Stream.of(protectedKeys, until11, List.of("unsigned", "redacts", "origin_server", "x"))
                .flatMap(List::stream)
                .forEach(key -> event.put(key, "v"));
        var before = event.deepCopy();
        var redacted = Redaction.redact(event, version);
        assertThat(redacted.propertyNames()).containsAll(protectedKeys);
        assertThat(redacted.propertyNames())
                .hasSize(protectedKeys.size() + (version == RoomVersion.V10 ? until11.size() : 0));
        assertThat(event).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "m.room.message|{'body': 'x', 'membership': 'join'}|{}|{}",
                "m.room.member|{'membership': 'join', 'join_authorised_via_users_server': '@a:b', 'displayname': 'x'}"
                        + "|{'membership': 'join', 'join_authorised_via_users_server': '@a:b'}"
                        + "|{'membership': 'join', 'join_authorised_via_users_server': '@a:b'}",
                "m.room.member|{'membership': 'invite', 'third_party_invite': {'display_name': 'x', 'signed': {'t': 1}}}"
                        + "|{'membership': 'invite'}"
                        + "|{'membership': 'invite', 'third_party_invite': {'signed': {'t': 1}}}",
                "m.room.member|{'third_party_invite': {'display_name': 'x'}}|{}|{'third_party_invite': {}}",
                "m.room.member|{'third_party_invite': 'x'}|{}|{}",
                "m.room.create|{'creator': '@a:b', 'room_version': '9', 'x': 1}|{'creator': '@a:b'}"
                        + "|{'creator': '@a:b', 'room_version': '9', 'x': 1}",
                "m.room.join_rules|{'join_rule': 'restricted', 'allow': [], 'x': 1}"
                        + "|{'join_rule': 'restricted', 'allow': []}|{'join_rule': 'restricted', 'allow': []}",
                "m.room.power_levels|{'ban': 1, 'events': {}, 'events_default': 1, 'invite': 1, 'kick': 1, 'redact': 1,"
                        + " 'state_default': 1, 'users': {}, 'users_default': 1, 'notifications': {}}"
                        + "|{'ban': 1, 'events': {}, 'events_default': 1, 'kick': 1, 'redact': 1,"
                        + " 'state_default': 1, 'users': {}, 'users_default': 1}"
                        + "|{'ban': 1, 'events': {}, 'events_default': 1, 'invite': 1, 'kick': 1, 'redact': 1,"
                        + " 'state_default': 1, 'users': {}, 'users_default': 1}",
                "m.room.history_visibility|{'history_visibility': 'joined', 'x': 1}"
                        + "|{'history_visibility': 'joined'}|{'history_visibility': 'joined'}",
                "m.room.redaction|{'redacts': '$x', 'reason': 'y'}|{}|{'redacts': '$x'}",
                "m.room.aliases|{'aliases': []}|{}|{}",
            })
    void keepsOnlyProtectedContent(String type, String content, String in10, String since11) {
        assertThat(redactedContent(RoomVersion.V10, type, content)).isEqualTo(json(in10));
        assertThat(redactedContent(RoomVersion.V11, type, content)).isEqualTo(json(since11));
        assertThat(redactedContent(RoomVersion.V12, type, content)).isEqualTo(json(since11));
    }

    /// What D4 rests on: the pruned event keeps its id, and pruning again changes nothing.
    @ParameterizedTest
    @EnumSource
    void thePrunedEventKeepsItsId(RoomVersion version) {
        var event = json("{'type': 'm.room.message', 'sender': '@a:b', 'room_id': '!r:b', 'content': {'body': 'x'},"
                + "'depth': 3, 'prev_events': ['$p'], 'auth_events': [], 'origin_server_ts': 1}");
        event.putObject("hashes").put("sha256", EventHashes.contentHash(event));
        var pruned = Redaction.redact(event, version);
        assertThat(EventHashes.referenceHash(pruned, version)).isEqualTo(EventHashes.referenceHash(event, version));
        assertThat(Redaction.redact(pruned, version)).isEqualTo(pruned);
        assertThat(EventHashes.matchesContentHash(event)).isTrue();
        assertThat(EventHashes.matchesContentHash(pruned)).isFalse();
        // but another body is another event
        var other = event.deepCopy();
        other.putObject("content").put("body", "y");
        other.putObject("hashes").put("sha256", EventHashes.contentHash(other));
        assertThat(EventHashes.referenceHash(other, version)).isNotEqualTo(EventHashes.referenceHash(event, version));
    }

    @Test
    void idsAreUrlSafeHashesAndTheRoomHasItsCreateEventsHash() {
        var create = json("{'type': 'm.room.create', 'sender': '@a:b', 'state_key': '', 'content':"
                + "{'room_version': '12'}, 'prev_events': [], 'auth_events': [], 'depth': 1, 'origin_server_ts': 1}");
        create.putObject("hashes").put("sha256", EventHashes.contentHash(create));
        var id = EventHashes.referenceHash(create, RoomVersion.V12);
        assertThat(id.value()).matches("\\$[A-Za-z0-9_-]{43}");
        assertThat(EventHashes.roomId(create, RoomVersion.V12).value())
                .isEqualTo("!" + id.value().substring(1));
        // unsigned data and signatures are not part of it
        create.putObject("unsigned").put("age", 5);
        create.putObject("signatures").putObject("b").put("ed25519:1", "x");
        assertThat(EventHashes.referenceHash(create, RoomVersion.V12)).isEqualTo(id);
    }

    @Test
    void versionsAreKnownByTheirName() {
        assertThat(RoomVersion.of("12")).isEqualTo(RoomVersion.DEFAULT).hasToString("12");
        assertThat(RoomVersion.find("9")).isEmpty();
        assertThatThrownBy(() -> RoomVersion.of("9"))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.M_UNSUPPORTED_ROOM_VERSION));
    }

    /// Names and values in which a careless reader would see an end that is none.
    private static final String TRICKY = """
            {'auth_events':['$a','$b'],'content':{'body':'}],{','list':[{'a':'\\"'},[]],'q':'\\\\'},'depth':7,
            'event_id':'$x','hashes':{'sha256':'}'},'membership':'join','origin_server_ts':-17,'prev_events':[],
            'room_id':'!r','sender':'@a:b','signatures':{},'state_key':'','type':'TYPE','unsigned':{'age':[1]},
            'x':null,'\\"type':'m.room.member'}""";

    @ParameterizedTest
    @EnumSource
    void canonicalBytesAreRedactedAsTheEventItselfIs(RoomVersion version) {
        for (var type : List.of("m.room.message", "m.room.encrypted", "org.x", "", "m.room.topic", "\u00e9\\\"")) {
            var event = json(TRICKY.replace("TYPE", type));
            assertThat(Redaction.redactCanonical(CanonicalJson.bytes(event), version))
                    .hasValueSatisfying(bytes ->
                            assertThat(bytes).isEqualTo(CanonicalJson.bytes(Redaction.redact(event, version))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void canonicalBytesOfOddEventsAreRedactedAsTheEventItselfIs(RoomVersion version) {
        for (var text : List.of("{}", "{'content':{}}", "{'content':'x','type':5}", "{'x':1}", "{'content':[{}]}")) {
            var event = json(text);
            assertThat(Redaction.redactCanonical(CanonicalJson.bytes(event), version))
                    .hasValueSatisfying(bytes ->
                            assertThat(bytes).isEqualTo(CanonicalJson.bytes(Redaction.redact(event, version))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void canonicalBytesOfWhatKeepsSomeOfItsContentAreLeftToWhoReadsThem(RoomVersion version) {
        for (var type : List.of("m.room.create", "m.room.member", "m.room.redaction", "m.room.power_levels")) {
            var event = json(TRICKY.replace("TYPE", type));
            assertThat(Redaction.redactCanonical(CanonicalJson.bytes(event), version))
                    .isEmpty();
        }
    }
}
