package lanyard.trust.hold;

/// Names a hold: opaque.
public record HoldId(String value) {
    public HoldId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("a hold's id has 1 to 64 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
