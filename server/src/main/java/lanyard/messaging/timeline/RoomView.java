package lanyard.messaging.timeline;

import java.util.Set;
import lanyard.standards.matrix.rules.StateKey;
import lanyard.trust.identity.Caller;

/// Which of a person's rooms are there for the device that asks: all of them, or for an app that is not approved for
/// clinical rooms, the others.
///
/// What could go wrong: what is said about patients is kept by an app of which nobody knows where it keeps it. So a
/// room
/// is clinical unless it was born as something else.
///
/// @param all true for our own app and for apps approved for clinical rooms
public record RoomView(boolean all) {
    private static final StateKey CREATE = new StateKey("m.room.create", "");
    private static final Set<String> NOT_CLINICAL = Set.of("operational", "social");

    public static RoomView of(Caller caller) {
        return new RoomView(caller.seesClinicalRooms());
    }

    public boolean shows(RoomState room) {
        return all || !isClinical(room);
    }

    private static boolean isClinical(RoomState room) {
        return room.state(CREATE)
                .map(event -> event.content().path("org.lanyard.kind").asString(""))
                .filter(NOT_CLINICAL::contains)
                .isEmpty();
    }
}
