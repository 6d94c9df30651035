package lanyard.messaging.room;

import lanyard.standards.matrix.UserId;

/// Asked before somebody begins a conversation, by whatever route; throws to refuse it.
@FunctionalInterface
public interface StartingGate {
    void check(UserId person, String organization, RoomKind kind);
}
