package lanyard.standards.matrix;

import java.util.Arrays;

/// Goes through the members of an object in canonical JSON and says where each stands: for who keeps some of an event's
/// bytes as they are and need not read the rest. Only for bytes that this server has written itself.
final class CanonicalMembers {
    private final byte[] json;
    private int from;
    private int colon;
    private int end;

    CanonicalMembers(byte[] json) {
        this.json = json;
        if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
            throw new IllegalArgumentException("this is not an object in canonical JSON");
        }
    }

    /// Goes on to the next member. False when there is none.
    boolean next() {
        from = end + 1;
        if (from == json.length || json[from] != '"') {
            return false;
        }
        colon = afterString(from);
        end = afterValue(colon + 1);
        return true;
    }

    /// Where the member begins, with the quotation mark of its name.
    int from() {
        return from;
    }

    /// Where its value begins.
    int value() {
        return colon + 1;
    }

    /// Behind its last byte.
    int end() {
        return end;
    }

    boolean isNamed(byte[] name) {
        return Arrays.equals(json, from + 1, colon - 1, name, 0, name.length);
    }

    private int afterString(int quote) {
        var at = quote + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private int afterValue(int start) {
        var at = start;
        var depth = 0;
        do {
            switch (json[at]) {
                case '"' -> at = afterString(at);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0 || (json[at] != ',' && json[at] != '}'));
        return at;
    }
}
