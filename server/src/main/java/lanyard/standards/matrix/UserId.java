package lanyard.standards.matrix;

import java.nio.charset.StandardCharsets;

/// A Matrix user id, `@localpart:server`.
/// <https://spec.matrix.org/v1.18/appendices/#user-identifiers>
public record UserId(String value) implements Comparable<UserId> {
    public UserId {
        if (!isValid(value)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a Matrix user id.");
        }
    }

    public static UserId of(String localpart, ServerName server) {
        return new UserId("@" + localpart + ":" + server.value());
    }

    /// Historical user ids are allowed for reading: any printable ASCII localpart but the colon.
    public static boolean isValid(String value) {
        var colon = value.indexOf(':');
        return value.length() <= 255
                && value.startsWith("@")
                && colon > 1
                && isPrintable(value, colon)
                && ServerName.isValid(value.substring(colon + 1));
    }

    private static boolean isPrintable(String value, int end) {
        for (var i = 1; i < end; i++) {
            if (value.charAt(i) < 0x21 || value.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /// What other servers' events may hold: any localpart without colon, NUL and half characters, even an empty one.
    /// <https://spec.matrix.org/v1.18/appendices/#historical-user-ids>
    public static boolean isLegalInEvents(String value) {
        var colon = value.indexOf(':');
        return value.startsWith("@")
                && colon > 0
                && value.indexOf('\0') < 0
                && value.getBytes(StandardCharsets.UTF_8).length <= PduLimits.MAXIMUM_KEY_BYTES
                && ServerName.isValid(value.substring(colon + 1));
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    public ServerName server() {
        return new ServerName(value.substring(value.indexOf(':') + 1));
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
