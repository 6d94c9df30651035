package lanyard.standards.matrix.rules;

/// A place in a room's state: an event type with a state key.
public record StateKey(String type, String stateKey) implements Comparable<StateKey> {
    public static final String MEMBER = "m.room.member";

    /// The place of a type that a room has once.
    public static StateKey of(String type) {
        return new StateKey(type, "");
    }

    public static StateKey member(String user) {
        return new StateKey(MEMBER, user);
    }

    @Override
    public int compareTo(StateKey other) {
        var byType = type.compareTo(other.type);
        return byType != 0 ? byType : stateKey.compareTo(other.stateKey);
    }
}
