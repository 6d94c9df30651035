package lanyard.standards.matrix;

/// Opaque identifiers carry printable ASCII only, so that nothing invisible or reordering can hide in one.
final class Opaque {
    private Opaque() {}

    static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
    }
}
