package lanyard.messaging.timeline;

import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;
import tools.jackson.databind.node.ObjectNode;

/// Asked before a message is taken; throws to refuse it. `content` is as it came, so mostly ciphertext. Must be quick:
/// every message waits for it.
@FunctionalInterface
public interface SendingGate {
    void check(Caller caller, RoomId room, String type, ObjectNode content);
}
