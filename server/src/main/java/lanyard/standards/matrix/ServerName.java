package lanyard.standards.matrix;

import java.util.regex.Pattern;

/// The name of a homeserver: a DNS name, IPv4 or bracketed IPv6 address with an optional port.
/// <https://spec.matrix.org/v1.18/appendices/#server-name>
public record ServerName(String value) {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:[A-Za-z0-9.-]{1,230}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

    public ServerName {
        if (!isValid(value)) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "That is not a server name.");
        }
    }

    public static boolean isValid(String value) {
        return isPlain(value) || GRAMMAR.matcher(value).matches();
    }

    /// Almost every name is a DNS name without a port, and ids are read all the time.
    private static boolean isPlain(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-')) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= 230;
    }

    @Override
    public String toString() {
        return value;
    }
}
