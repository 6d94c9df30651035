package lanyard.standards.matrix.rules;

/// A place in a room's state: an event type with a state key.
public record StateKey(String type, String stateKey) implements Comparable<StateKey> {
    @Override
    public int compareTo(StateKey other) {
        var byType = type.compareTo(other.type);
        return byType != 0 ? byType : stateKey.compareTo(other.stateKey);
    }
}
