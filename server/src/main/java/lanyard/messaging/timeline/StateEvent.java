package lanyard.messaging.timeline;

import lanyard.standards.matrix.EventId;
import tools.jackson.databind.node.ObjectNode;

/// One event of a room's current state. `pdu` is shared: never change it.
public record StateEvent(EventId id, long seq, ObjectNode pdu) {
    public ObjectNode content() {
        return (ObjectNode) pdu.get("content");
    }

    public String sender() {
        return pdu.get("sender").stringValue();
    }
}
