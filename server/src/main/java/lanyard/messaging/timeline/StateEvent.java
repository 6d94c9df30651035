package lanyard.messaging.timeline;

import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.rules.StateKey;
import tools.jackson.databind.node.ObjectNode;

/// One event of a room's current state. `pdu` is shared: never change it.
public record StateEvent(EventId id, long seq, ObjectNode pdu) {
    public ObjectNode content() {
        return (ObjectNode) pdu.get("content");
    }

    public String type() {
        return pdu.get("type").stringValue();
    }

    public String stateKey() {
        return pdu.get("state_key").stringValue();
    }

    public boolean isMember() {
        return type().equals(StateKey.MEMBER);
    }

    public String sender() {
        return pdu.get("sender").stringValue();
    }
}
