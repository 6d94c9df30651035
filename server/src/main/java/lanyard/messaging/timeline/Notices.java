package lanyard.messaging.timeline;

import java.util.Optional;
import java.util.Set;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// What the server reads off an event without its text: whether it counts as unread, and what it relates to.
final class Notices {
    private static final Set<String> COUNTED = Set.of("m.room.message", "m.room.encrypted");

    private Notices() {}

    /// As the predefined push rules have it (<https://spec.matrix.org/v1.18/client-server-api/#predefined-rules>): an
    /// edit
    /// and a machine's notice are no news.
    static boolean counts(ObjectNode pdu) {
        return !pdu.has("state_key")
                && COUNTED.contains(pdu.get("type").stringValue())
                && !pdu.get("content").path("msgtype").asString("").equals("m.notice")
                && !pdu.get("content")
                        .path("m.relates_to")
                        .path("rel_type")
                        .asString("")
                        .equals("m.replace");
    }

    static Optional<String> relatesTo(ObjectNode pdu) {
        var relation = pdu.get("content").path("m.relates_to");
        var target = relation.path("event_id")
                .asString(relation.path("m.in_reply_to").path("event_id").asString(""));
        return target.startsWith("$") ? Optional.of(target) : Optional.empty();
    }

    /// A state event shows clients what it replaced.
    static ObjectNode previous(RoomState room, ObjectNode pdu) {
        var unsigned = Json.object();
        if (pdu.has("state_key")) {
            room.state(new StateKey(
                            pdu.get("type").stringValue(), pdu.get("state_key").stringValue()))
                    .ifPresent(before -> {
                        unsigned.set("prev_content", before.content());
                        unsigned.put("replaces_state", before.id().value());
                    });
        }
        return unsigned;
    }
}
