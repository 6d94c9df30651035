package lanyard.standards.matrix;

/// A room id, `!opaque` in room version 12 (the hash of the create event) or `!opaque:server` before. None that
/// this server makes has a slash, which in an address could be taken for a path.
/// <https://spec.matrix.org/v1.18/appendices/#room-ids>
public record RoomId(String value) {
    public RoomId {
        if (!isValid(value)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a Matrix room id.");
        }
    }

    public static boolean isValid(String value) {
        return value.length() >= 2
                && value.length() <= 255
                && value.startsWith("!")
                && value.indexOf('/') < 0
                && Opaque.isPrintable(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
