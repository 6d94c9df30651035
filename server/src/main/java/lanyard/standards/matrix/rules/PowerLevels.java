package lanyard.standards.matrix.rules;

import java.util.Optional;
import java.util.Set;
import lanyard.standards.matrix.CanonicalJson;
import lanyard.standards.matrix.RoomVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who has how much power in a room and what each deed needs, with the specification's defaults. Whole numbers only,
/// as from room version 10. Reads the event's content in place: this is asked for every message.
/// <https://spec.matrix.org/v1.18/client-server-api/#mroompower_levels>
///
/// @param content of the `m.room.power_levels` event, or an empty object
/// @param creators who stand at `creatorLevel` unless the content names them
/// @param creatorLevel `INFINITE` in version 12; before, 100 as long as there is no power levels event
public record PowerLevels(ObjectNode content, Set<String> creators, long creatorLevel) {
    /// Above every number that canonical JSON can write.
    public static final long INFINITE = Long.MAX_VALUE;

    private static final long CREATOR_WITHOUT_EVENT = 100;
    private static final long MODERATOR = 50;

    public PowerLevels {
        creators = Set.copyOf(creators);
    }

    /// The power levels of a room whose create event is in that state.
    public static PowerLevels of(RoomVersion version, AuthState state) {
        var create = state.event(Room.CREATE, "").orElseGet(JsonNodeFactory.instance::objectNode);
        return of(new Room(version, create, state));
    }

    static PowerLevels of(Room room) {
        var event = room.state().event(Room.POWER_LEVELS, "");
        if (room.version().creatorsHaveInfinitePower()) {
            return new PowerLevels(content(event), room.creators(), INFINITE);
        }
        return event.isPresent()
                ? new PowerLevels(content(event), Set.of(), 0)
                : new PowerLevels(content(event), Set.of(room.creator()), CREATOR_WITHOUT_EVENT);
    }

    private static ObjectNode content(Optional<ObjectNode> event) {
        return event.isPresent() && event.get().get("content") instanceof ObjectNode content
                ? content
                : JsonNodeFactory.instance.objectNode();
    }

    public long user(String userId) {
        return creators.contains(userId)
                ? creatorLevel
                : level(content.path("users").path(userId), level("users_default", 0));
    }

    /// The *required power level* of an event type.
    /// <https://spec.matrix.org/v1.18/server-server-api/#definitions>
    public long required(String type, boolean isState) {
        var fallback = isState ? level("state_default", MODERATOR) : level("events_default", 0);
        return level(content.path("events").path(type), fallback);
    }

    public long invite() {
        return level("invite", 0);
    }

    public long kick() {
        return level("kick", MODERATOR);
    }

    public long ban() {
        return level("ban", MODERATOR);
    }

    public long redact() {
        return level("redact", MODERATOR);
    }

    /// What `@room` and other notifications need.
    public long notification(String key) {
        return level(content.path("notifications").path(key), MODERATOR);
    }

    private long level(String field, long fallback) {
        return level(content.path(field), fallback);
    }

    private static long level(JsonNode value, long fallback) {
        return isLevel(value) ? value.longValue() : fallback;
    }

    static boolean isLevel(JsonNode value) {
        return value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() <= CanonicalJson.MAXIMUM_INTEGER
                && value.longValue() >= -CanonicalJson.MAXIMUM_INTEGER;
    }
}
