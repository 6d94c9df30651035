package lanyard.messaging.push;

import java.util.Optional;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes to a person's list of push rules. Each takes the list and changes it.
/// <https://spec.matrix.org/v1.18/client-server-api/#push-rules-api>
final class RuleEdits {
    private static final int MOST_OF_A_KIND = 100;
    private static final String MASTER = ".m.rule.master";

    private RuleEdits() {}

    /// Where a new rule goes: at most one is used, `before` first.
    record Place(Optional<String> before, Optional<String> after) {}

    static ArrayNode kind(ObjectNode rules, String kind) {
        if (!RuleReader.KINDS.contains(kind)) {
            throw notFound();
        }
        return (ArrayNode) rules.path("global").get(kind);
    }

    /// Errors: `M_NOT_FOUND`.
    static ObjectNode get(ObjectNode rules, String kind, String id) {
        var list = kind(rules, kind);
        var at = find(list, id);
        if (at < 0) {
            throw notFound();
        }
        return (ObjectNode) list.get(at);
    }

    /// Errors: `M_UNKNOWN` (400) when the neighbour named is not one of the person's own rules.
    static void put(ObjectNode rules, String kind, ObjectNode rule, Place place) {
        var list = kind(rules, kind);
        var id = Json.text(rule, "rule_id");
        var old = find(list, id);
        var neighbour = place.before().or(place::after);
        neighbour.ifPresent(other -> requireOwn(list, other, id));
        if (old >= 0) {
            rule.put("enabled", list.get(old).path("enabled").asBoolean(true));
            list.remove(old);
        } else if (list.size() >= MOST_OF_A_KIND) {
            throw new MatrixException(ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "You have too many rules of this kind.");
        }
        list.insert(position(list, old, place), rule);
    }

    private static int position(ArrayNode list, int old, Place place) {
        if (place.before().isPresent()) {
            return find(list, place.before().get());
        }
        if (place.after().isPresent()) {
            return find(list, place.after().get()) + 1;
        }
        return old >= 0 ? old : find(list, MASTER) + 1;
    }

    private static void requireOwn(ArrayNode list, String neighbour, String id) {
        if (neighbour.startsWith(".") || neighbour.equals(id) || find(list, neighbour) < 0) {
            throw new MatrixException(ErrorCode.M_UNKNOWN, "There is no rule of yours to put it before or after.")
                    .status(400);
        }
    }

    /// Errors: `M_NOT_FOUND`; `M_INVALID_PARAM` for the server's own rules, which can be switched off instead.
    static void delete(ObjectNode rules, String kind, String id) {
        if (id.startsWith(".")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That rule is the server's; switch it off instead.");
        }
        var list = kind(rules, kind);
        var at = find(list, id);
        if (at < 0) {
            throw notFound();
        }
        list.remove(at);
    }

    private static int find(ArrayNode list, String id) {
        for (var i = 0; i < list.size(); i++) {
            if (list.get(i).path("rule_id").asString("").equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "You have no such push rule.");
    }
}
