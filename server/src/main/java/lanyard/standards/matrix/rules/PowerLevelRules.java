package lanyard.standards.matrix.rules;

import static lanyard.standards.matrix.rules.Room.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rule 10: nobody gives or takes more power than they have.
final class PowerLevelRules {
    private static final List<String> LEVELS =
            List.of("users_default", "events_default", "state_default", "ban", "redact", "kick", "invite");
    private static final List<String> MAPS = List.of("events", "notifications");

    private PowerLevelRules() {}

    static AuthResult check(Room room, ObjectNode event) {
        var content = event.path("content");
        // 10.1
        if (LEVELS.stream().anyMatch(field -> content.has(field) && !PowerLevels.isLevel(content.path(field)))) {
            return AuthResult.refused("A power level must be a whole number.");
        }
        // 10.2
        if (MAPS.stream().anyMatch(field -> content.has(field) && !areLevels(content.path(field)))) {
            return AuthResult.refused("The power levels of events and notifications must be whole numbers.");
        }
        // 10.3
        var users = content.path("users");
        if (content.has("users")
                && !(areLevels(users) && users.propertyNames().stream().allMatch(UserId::isLegalInEvents))) {
            return AuthResult.refused("The power levels of people must be whole numbers for user ids.");
        }
        // 10.4, new in version 12
        if (room.version().creatorsHaveInfinitePower()
                && room.creators().stream().anyMatch(users::has)) {
            return AuthResult.refused("A creator's power cannot be set: creators stand above the power levels.");
        }
        // 10.5
        var current = room.state().event(Room.POWER_LEVELS, "");
        if (current.isEmpty()) {
            return AuthResult.allowed();
        }
        var change = new Change(
                current.get().path("content"),
                content,
                text(event, "sender"),
                room.powerLevels().user(text(event, "sender")));
        return change.check();
    }

    private static boolean areLevels(JsonNode map) {
        return map.isObject()
                && map.properties().stream().map(Map.Entry::getValue).allMatch(PowerLevels::isLevel);
    }

    /// Rules 10.6 to 10.10 compare the content before with the content after.
    private record Change(JsonNode before, JsonNode after, String sender, long power) {
        AuthResult check() {
            // 10.6
            if (LEVELS.stream()
                    .map(field -> new Entry(field, level(before, field), level(after, field)))
                    .anyMatch(level -> level.isAltered() && (above(level.before()) || above(level.after())))) {
                return AuthResult.refused("You may not change a power level that is above your own.");
            }
            // 10.7
            if (MAPS.stream().flatMap(this::altered).anyMatch(entry -> above(entry.before()))) {
                return AuthResult.refused("You may not change what needs more power than you have.");
            }
            // 10.8
            if (MAPS.stream().flatMap(this::altered).anyMatch(entry -> above(entry.after()))) {
                return AuthResult.refused("You may not ask for more power than you have.");
            }
            // 10.9
            if (altered("users")
                    .filter(entry -> !entry.key().equals(sender))
                    .anyMatch(entry -> entry.before().orElse(Long.MIN_VALUE) >= power)) {
                return AuthResult.refused("You may not change the power of someone who has as much as you.");
            }
            // 10.10
            if (altered("users").anyMatch(entry -> above(entry.after()))) {
                return AuthResult.refused("You may not give more power than you have.");
            }
            return AuthResult.allowed();
        }

        /// Entries of a map that were added, changed or removed.
        private Stream<Entry> altered(String field) {
            var keys = new LinkedHashSet<>(before.path(field).propertyNames());
            keys.addAll(after.path(field).propertyNames());
            return keys.stream()
                    .map(key -> new Entry(key, level(before.path(field), key), level(after.path(field), key)))
                    .filter(Entry::isAltered);
        }

        private boolean above(OptionalLong level) {
            return level.isPresent() && level.getAsLong() > power;
        }

        private static OptionalLong level(JsonNode object, String field) {
            var value = object.path(field);
            return PowerLevels.isLevel(value) ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
        }
    }

    private record Entry(String key, OptionalLong before, OptionalLong after) {
        boolean isAltered() {
            return !before.equals(after);
        }
    }
}
