package lanyard.messaging.timeline;

import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// What the server reads off an event without its text: whether it counts as unread, and what it relates to.
final class Notices {
    static final String THREAD = "m.thread";
    static final String EDIT = "m.replace";

    private static final Set<String> COUNTED = Set.of("m.room.message", "m.room.encrypted");

    private Notices() {}

    /// As the predefined push rules have it (<https://spec.matrix.org/v1.18/client-server-api/#predefined-rules>): an
    /// edit and a machine's notice are no news.
    static boolean counts(ObjectNode pdu) {
        return !pdu.has("state_key")
                && COUNTED.contains(pdu.get("type").stringValue())
                && !pdu.get("content").path("msgtype").asString("").equals("m.notice")
                && !pdu.get("content")
                        .path("m.relates_to")
                        .path("rel_type")
                        .asString("")
                        .equals(EDIT);
    }

    static Optional<String> relatesTo(ObjectNode pdu) {
        var relation = pdu.get("content").path("m.relates_to");
        var target = relation.path("event_id")
                .asString(relation.path("m.in_reply_to").path("event_id").asString(""));
        return Optional.of(target).filter(EventId::isValid);
    }

    /// In which way; empty for a plain reply.
    static Optional<String> relationType(ObjectNode pdu) {
        var relation = pdu.get("content").path("m.relates_to");
        var type = relation.path("rel_type").asString("");
        return Optional.of(type)
                .filter(name -> !name.isEmpty() && name.length() <= 255)
                .filter(name -> EventId.isValid(relation.path("event_id").asString("")));
    }

    static Optional<StateEvent> replaced(RoomState room, ObjectNode pdu) {
        return pdu.has("state_key")
                ? room.state(new StateKey(
                        pdu.get("type").stringValue(), pdu.get("state_key").stringValue()))
                : Optional.empty();
    }

    /// A state event shows clients what it replaced.
    static ObjectNode previous(StateEvent replaced) {
        var unsigned = Json.object();
        unsigned.set("prev_content", replaced.content());
        return unsigned.put("replaces_state", replaced.id().value());
    }
}
