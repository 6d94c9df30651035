package lanyard.platform.sealing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What a key is for: a scope such as `room-month` and an id within it such as `42/2026-11`. Names stand in clear in
/// the key store and its shred list, so they never carry anything about a person.
public record KeyName(String scope, String id) {
    private static final int LONGEST_SCOPE = 32;
    private static final int LONGEST_ID = 200;

    // By hand: a name is made for every event that is read or written.
    public KeyName {
        if (!isScope(scope)) {
            throw new IllegalArgumentException("a key's scope is lower-case letters, digits and hyphens");
        }
        if (!isId(id)) {
            throw new IllegalArgumentException("a key's id is 1 to 200 printable ASCII characters without spaces");
        }
    }

    private static boolean isScope(String scope) {
        for (var i = 0; i < scope.length(); i++) {
            var c = scope.charAt(i);
            if (!(isBetween(c, 'a', 'z') || (i > 0 && (isBetween(c, '0', '9') || c == '-')))) {
                return false;
            }
        }
        return !scope.isEmpty() && scope.length() <= LONGEST_SCOPE;
    }

    private static boolean isBetween(char c, char first, char last) {
        return c >= first && c <= last;
    }

    private static boolean isId(String id) {
        for (var i = 0; i < id.length(); i++) {
            if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= LONGEST_ID;
    }

    /// Hashed, so that no id can climb out of the directory or exceed what a file system allows.
    String fileName() {
        return HexFormat.of().formatHex(Hashes.sha256(bytes())) + ".key";
    }

    /// Binds a wrapped key to its name: a key file renamed to another key's does not open.
    byte[] bytes() {
        return (scope + " " + id).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return scope + " " + id;
    }
}
