package lanyard.governance.custodian;

import java.util.List;
import lanyard.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What an opening found: the room's events in scope, readable, and those that no key was there for.
record Disclosure(CaseFile.Scope scope, List<ObjectNode> events, List<String> unreadable, int sessions) {
    Disclosure {
        events = List.copyOf(events);
        unreadable = List.copyOf(unreadable);
    }

    ObjectNode toJson() {
        var json = Json.object()
                .put("case", scope.caseId())
                .put("organization", scope.organization())
                .put("room_id", scope.room().value())
                .put("from_ts", scope.fromTs())
                .put("to_ts", scope.toTs());
        var readable = json.putArray("events");
        events.forEach(readable::add);
        var rest = json.putArray("unreadable");
        unreadable.forEach(rest::add);
        return json;
    }
}
