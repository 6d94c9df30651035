package lanyard.platform.sealing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What a key is for: a scope such as `room-month` and an id within it such as `42/2026-11`. Names stand in clear in
/// the key store and its shred list, so they never carry anything about a person.
public record KeyName(String scope, String id) {
    private static final Pattern SCOPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    public KeyName {
        if (!SCOPE.matcher(scope).matches()) {
            throw new IllegalArgumentException("a key's scope is lower-case letters, digits and hyphens");
        }
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key's id is 1 to 200 printable ASCII characters without spaces");
        }
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
