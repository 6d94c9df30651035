package lanyard.messaging.timeline;

import lanyard.standards.matrix.RoomId;
import lanyard.trust.identity.Caller;

/// Asked before a message is taken; throws to refuse it. Must be quick: every message waits for it.
@FunctionalInterface
public interface SendingGate {
    void check(Caller caller, RoomId room, String type);
}
