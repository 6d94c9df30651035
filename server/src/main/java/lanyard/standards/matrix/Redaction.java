package lanyard.standards.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The redaction algorithm: what of an event outlives its redaction. Event ids and signatures cover just that, so the
/// pruned event keeps its id and its place in the graph.
/// <https://spec.matrix.org/v1.18/rooms/v12/#redactions>
public final class Redaction {
    /// Room version 11 and later.
    private static final Set<String> KEPT = Set.of(
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

    /// Protected until room version 11 only. <https://spec.matrix.org/v1.18/rooms/v10/#redactions>
    private static final Set<String> KEPT_UNTIL_11 = Set.of("prev_state", "origin", "membership");

    private static final Map<String, Set<String>> CONTENT_10 = Map.of(
            "m.room.member", Set.of("membership", "join_authorised_via_users_server"),
            "m.room.create", Set.of("creator"),
            "m.room.join_rules", Set.of("join_rule", "allow"),
            "m.room.power_levels",
                    Set.of(
                            "ban",
                            "events",
                            "events_default",
                            "kick",
                            "redact",
                            "state_default",
                            "users",
                            "users_default"),
            "m.room.history_visibility", Set.of("history_visibility"));

    private static final Map<String, Set<String>> CONTENT_11 = Map.of(
            "m.room.member", Set.of("membership", "join_authorised_via_users_server"),
            "m.room.join_rules", Set.of("join_rule", "allow"),
            "m.room.power_levels",
                    Set.of(
                            "ban",
                            "events",
                            "events_default",
                            "invite",
                            "kick",
                            "redact",
                            "state_default",
                            "users",
                            "users_default"),
            "m.room.history_visibility", Set.of("history_visibility"),
            "m.room.redaction", Set.of("redacts"));

    private static final byte[] TYPE = "type".getBytes(UTF_8);
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final List<byte[]> KEPT_NAMES = names(KEPT);
    private static final List<byte[]> KEPT_NAMES_UNTIL_11 = names(KEPT_UNTIL_11);

    private Redaction() {}

    private static List<byte[]> names(Set<String> names) {
        return names.stream().map(name -> name.getBytes(UTF_8)).toList();
    }

    /// The pruned event, a new object. Values that are kept are shared with the original: neither may be changed.
    public static ObjectNode redact(ObjectNode event, RoomVersion version) {
        var pruned = JsonNodeFactory.instance.objectNode();
        for (var entry : event.properties()) {
            var key = entry.getKey();
            if (KEPT.contains(key) || (!version.newRedactionRules() && KEPT_UNTIL_11.contains(key))) {
                pruned.set(key, entry.getValue());
            }
        }
        if (event.get("content") instanceof ObjectNode content) {
            pruned.set("content", content(event.path("type").stringValue(""), content, version));
        }
        return pruned;
    }

    /// The same of the canonical bytes of an event, copying what stays and reading nothing: where nothing of the
    /// content does, which is so for everything that people say. Empty for the other types, of which the content
    /// must be read.
    public static Optional<byte[]> redactCanonical(byte[] event, RoomVersion version) {
        var copy = new byte[event.length];
        copy[0] = '{';
        var length = 1;
        for (var member = new CanonicalMembers(event); member.next(); ) {
            if (member.isNamed(TYPE) && keepsContent(event, member)) {
                return Optional.empty();
            }
            if (isKept(member, version)) {
                if (length > 1) {
                    copy[length++] = ',';
                }
                var empties = member.isNamed(CONTENT) && event[member.value()] == '{';
                var end = empties ? member.value() + 1 : member.end();
                System.arraycopy(event, member.from(), copy, length, end - member.from());
                length += end - member.from();
                if (empties) {
                    copy[length++] = '}';
                }
            }
        }
        copy[length++] = '}';
        return Optional.of(Arrays.copyOf(copy, length));
    }

    private static boolean isKept(CanonicalMembers member, RoomVersion version) {
        return isAmong(member, KEPT_NAMES) || (!version.newRedactionRules() && isAmong(member, KEPT_NAMES_UNTIL_11));
    }

    private static boolean isAmong(CanonicalMembers member, List<byte[]> names) {
        for (var name : names) {
            if (member.isNamed(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean keepsContent(byte[] event, CanonicalMembers type) {
        var name = new String(event, type.value() + 1, Math.max(0, type.end() - type.value() - 2), UTF_8);
        return name.equals("m.room.create") || CONTENT_10.containsKey(name) || CONTENT_11.containsKey(name);
    }

    private static ObjectNode content(String type, ObjectNode content, RoomVersion version) {
        if (!version.newRedactionRules()) {
            return only(CONTENT_10.getOrDefault(type, Set.of()), content);
        }
        if (type.equals("m.room.create")) {
            return content;
        }
        var kept = only(CONTENT_11.getOrDefault(type, Set.of()), content);
        if (type.equals("m.room.member") && content.get("third_party_invite") instanceof ObjectNode invite) {
            kept.set("third_party_invite", only(Set.of("signed"), invite));
        }
        return kept;
    }

    private static ObjectNode only(Set<String> keys, ObjectNode from) {
        var kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            if (keys.contains(entry.getKey())) {
                kept.set(entry.getKey(), entry.getValue());
            }
        }
        return kept;
    }
}
