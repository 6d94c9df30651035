package lanyard.standards.matrix;

/// Opaque identifiers carry printable ASCII only, so that nothing invisible or reordering can hide in one.
final class Opaque {
    private Opaque() {}

    static boolean isPrintable(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (value.charAt(i) < 0x21 || value.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }
}
