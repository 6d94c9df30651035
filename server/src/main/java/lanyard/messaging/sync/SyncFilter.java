package lanyard.messaging.sync;

import java.util.List;
import lanyard.messaging.timeline.EventFilter;
import lanyard.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client's filter. <https://spec.matrix.org/v1.18/client-server-api/#filtering>
///
/// @param rooms which rooms are wanted at all
/// @param fields the only fields of an event that are wanted; none means all
record SyncFilter(
        EventFilter rooms,
        EventFilter timeline,
        EventFilter state,
        EventFilter ephemeral,
        EventFilter roomAccountData,
        EventFilter accountData,
        EventFilter presence,
        boolean includeLeave,
        List<String> fields) {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    /// Errors: `M_BAD_JSON`.
    static SyncFilter of(ObjectNode filter) {
        var room = Json.optionalObject(filter, "room").orElseGet(Json::object);
        return new SyncFilter(
                EventFilter.of(room),
                EventFilter.of(room.path("timeline")),
                EventFilter.of(room.path("state")),
                EventFilter.of(room.path("ephemeral")),
                EventFilter.of(room.path("account_data")),
                EventFilter.of(filter.path("account_data")),
                EventFilter.of(filter.path("presence")),
                Json.optionalBoolean(room, "include_leave").orElse(false),
                Json.optionalArray(filter, "event_fields")
                        .orElseGet(Json::array)
                        .valueStream()
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .toList());
    }

    int timelineLimit() {
        return timeline.limit(USUAL, MOST);
    }

    boolean threadCounts() {
        return timeline.threadNotifications();
    }

    boolean lazyMembers() {
        return state.lazyMembers();
    }

    /// Only the wanted fields of an event, `content.body` meaning the one within the other.
    byte[] project(byte[] event) {
        if (fields.isEmpty()) {
            return event;
        }
        var whole = Json.object(event);
        var wanted = Json.object();
        fields.forEach(field -> copy(whole, wanted, field.split("(?<!\\\\)\\.", -1), 0));
        return Json.bytes(wanted);
    }

    private static void copy(ObjectNode from, ObjectNode to, String[] path, int at) {
        var name = path[at].replace("\\.", ".").replace("\\\\", "\\");
        var value = from.get(name);
        if (value == null) {
            return;
        }
        if (at == path.length - 1) {
            to.set(name, value);
        } else if (value instanceof ObjectNode inner) {
            var target = to.get(name) instanceof ObjectNode there ? there : to.putObject(name);
            copy(inner, target, path, at + 1);
        }
    }
}
