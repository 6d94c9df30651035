package lanyard.messaging.push;

import java.util.OptionalLong;
import lanyard.messaging.timeline.RoomState;
import lanyard.standards.matrix.UserId;
import lanyard.standards.matrix.rules.PowerLevels;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One condition of a push rule. <https://spec.matrix.org/v1.18/client-server-api/#conditions-1>
sealed interface Condition {
    /// Stands in rules for the person whose they are, so that many people's rules are one set.
    String SELF = "{user_id}";

    boolean holds(ObjectNode event, RoomState room, UserId user);

    /// Whether the answer is another for each person.
    default boolean isPersonal() {
        return false;
    }

    record Match(Property property, Glob pattern, boolean isPersonal) implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            var value = property.in(event);
            if (!value.isString()) {
                return false;
            }
            var wanted = isPersonal ? new Glob(user.value()) : pattern;
            return property.isBody() ? wanted.matchesWords(value.stringValue()) : wanted.matches(value.stringValue());
        }
    }

    record Is(Property property, JsonNode wanted, boolean isPersonal) implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            return same(property.in(event), wanted, isPersonal ? user : null);
        }
    }

    record Contains(Property property, JsonNode wanted, boolean isPersonal) implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            var list = property.in(event);
            return list.isArray()
                    && list.valueStream().anyMatch(value -> same(value, wanted, isPersonal ? user : null));
        }
    }

    private static boolean same(JsonNode value, JsonNode wanted, @org.jspecify.annotations.Nullable UserId self) {
        if (self != null) {
            return value.isString() && value.stringValue().equals(self.value());
        }
        if (wanted.isIntegralNumber() && value.isIntegralNumber()) {
            return wanted.longValue() == value.longValue();
        }
        return value.isValueNode() && value.equals(wanted);
    }

    record MemberCount(String comparison, long number) implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            var count = room.joined().count();
            return switch (comparison) {
                case "<" -> count < number;
                case ">" -> count > number;
                case "<=" -> count <= number;
                case ">=" -> count >= number;
                default -> count == number;
            };
        }

        static OptionalLong number(String digits) {
            return digits.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
        }
    }

    record SenderMayNotify(String key) implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            var levels = PowerLevels.of(room.version(), room);
            return levels.user(event.path("sender").asString("")) >= levels.notification(key);
        }
    }

    /// Deprecated, but rules of before may have it.
    record SaysMyName() implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            var body = Property.of(Property.BODY).in(event);
            var name = room.state(StateKey.member(user.value()))
                    .map(member -> member.content().path("displayname").asString(""))
                    .orElse("");
            return body.isString() && !name.isBlank() && new Glob(name).matchesWords(body.stringValue());
        }

        @Override
        public boolean isPersonal() {
            return true;
        }
    }

    /// One that this server does not know matches nothing.
    record Never() implements Condition {
        @Override
        public boolean holds(ObjectNode event, RoomState room, UserId user) {
            return false;
        }
    }
}
