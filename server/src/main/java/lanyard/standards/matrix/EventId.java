package lanyard.standards.matrix;

/// An event id, `$` and the URL-safe unpadded base64 of the event's reference hash (room version 4 and later).
/// <https://spec.matrix.org/v1.18/appendices/#event-ids>
public record EventId(String value) {
    public EventId {
        if (!isValid(value)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a Matrix event id.");
        }
    }

    public static boolean isValid(String value) {
        return value.length() >= 2 && value.length() <= 255 && value.startsWith("$") && Opaque.isPrintable(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
