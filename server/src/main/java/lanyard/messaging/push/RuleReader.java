package lanyard.messaging.push;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lanyard.messaging.push.Rules.Rule;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.UserId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns a person's push rules, as JSON, into rules that can be asked.
final class RuleReader {
    /// In the order in which they are asked.
    static final List<String> KINDS = List.of("override", "content", "room", "sender", "underride");

    private static final Pattern COUNT = Pattern.compile("(==|<=|>=|<|>)?([0-9]{1,9})");

    private RuleReader() {}

    static List<Rule> read(ObjectNode rules, UserId user) {
        var enabled = new ArrayList<Rule>();
        for (var kind : KINDS) {
            for (var rule : rules.path("global").path(kind)) {
                if (rule.path("enabled").asBoolean(true)) {
                    enabled.add(rule(kind, rule, user));
                }
            }
        }
        return enabled;
    }

    private static Rule rule(String kind, JsonNode rule, UserId user) {
        var id = rule.path("rule_id").asString("");
        var notifies = false;
        var highlights = false;
        for (var action : rule.path("actions")) {
            notifies |= action.isString() && action.stringValue().equals("notify");
            highlights |= action.path("set_tweak").asString("").equals("highlight")
                    && action.path("value").asBoolean(true);
        }
        return new Rule(kind, id, conditions(kind, id, rule, user), notifies, highlights && notifies);
    }

    private static List<Condition> conditions(String kind, String id, JsonNode rule, UserId user) {
        return switch (kind) {
            case "content" -> List.of(match(Property.BODY, rule.path("pattern").asString(""), user));
            case "room" -> List.of(exactly("room_id", id));
            case "sender" -> List.of(exactly("sender", id));
            default ->
                rule.path("conditions")
                        .valueStream()
                        .map(condition -> condition(condition, user))
                        .toList();
        };
    }

    private static Condition exactly(String key, String value) {
        return new Condition.Is(Property.of(key), Json.object().put("v", value).get("v"), false);
    }

    private static Condition condition(JsonNode condition, UserId user) {
        var key = condition.path("key").asString("");
        return switch (condition.path("kind").asString("")) {
            case "event_match" ->
                condition.path("pattern").isString()
                        ? match(key, condition.path("pattern").stringValue(), user)
                        : new Condition.Never();
            case "event_property_is" ->
                new Condition.Is(Property.of(key), condition.path("value"), isSelf(condition.path("value"), user));
            case "event_property_contains" ->
                new Condition.Contains(
                        Property.of(key), condition.path("value"), isSelf(condition.path("value"), user));
            case "contains_display_name" -> new Condition.SaysMyName();
            case "room_member_count" -> memberCount(condition.path("is").asString(""));
            case "sender_notification_permission" -> new Condition.SenderMayNotify(key);
            default -> new Condition.Never();
        };
    }

    private static Condition match(String key, String pattern, UserId user) {
        return new Condition.Match(Property.of(key), new Glob(pattern), pattern.equals(user.value()));
    }

    private static boolean isSelf(JsonNode value, UserId user) {
        return value.isString() && value.stringValue().equals(user.value());
    }

    private static Condition memberCount(String is) {
        var match = COUNT.matcher(is);
        if (!match.matches()) {
            return new Condition.Never();
        }
        var comparison = match.group(1) == null ? "==" : match.group(1);
        return new Condition.MemberCount(comparison, Long.parseLong(match.group(2)));
    }

    /// What two people's rules must share to be one set: everything that decides, nothing of how it sounds.
    static String signature(ObjectNode rules, UserId user) {
        var text = new StringBuilder();
        for (var kind : KINDS) {
            for (var rule : rules.path("global").path(kind)) {
                if (rule.path("enabled").asBoolean(true)) {
                    var read = rule(kind, rule, user);
                    text.append(kind)
                            .append('\t')
                            .append(read.id())
                            .append('\t')
                            .append(read.notifies())
                            .append(read.highlights())
                            .append('\t')
                            .append(rule.path("pattern"))
                            .append(rule.path("conditions"))
                            .append('\n');
                }
            }
        }
        return text.toString().replace('"' + user.value() + '"', '"' + Condition.SELF + '"');
    }
}
