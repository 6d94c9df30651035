package lanyard.standards.matrix;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Canonical JSON: the one encoding that everybody hashes and signs. Shortest UTF-8 form, keys in code point order,
/// integers only. What it cannot express is refused with `M_BAD_JSON`, as room versions 6 and later require.
/// <https://spec.matrix.org/v1.18/appendices/#canonical-json>
///
/// Every event passes here at least twice (content hash and stored form), hence the hand-made writer.
public final class CanonicalJson {
    /// The largest integer that a double keeps exactly, 2^53 − 1.
    public static final long MAXIMUM_INTEGER = 9_007_199_254_740_991L;

    /// Deeper than any event that strict parsing lets in; stops a tree built by mistake from exhausting the stack.
    private static final int MAXIMUM_DEPTH = 100;

    private static final Comparator<Map.Entry<String, JsonNode>> BY_KEY =
            (a, b) -> compareCodePoints(a.getKey(), b.getKey());
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /// Most events fit, and most of what hashes cover of them.
    private static final int USUAL = 2048;

    private byte[] buffer = new byte[USUAL];
    private int length;

    private CanonicalJson() {}

    public static byte[] bytes(JsonNode node) {
        var writer = new CanonicalJson();
        writer.value(node, 0);
        return Arrays.copyOf(writer.buffer, writer.length);
    }

    /// The same, leaving out some keys of the outermost object: what hashes and signatures do not cover.
    static byte[] bytesWithout(ObjectNode object, Set<String> omitted) {
        var writer = without(object, omitted);
        return Arrays.copyOf(writer.buffer, writer.length);
    }

    /// The same into a hash, without a copy of its own.
    static void updateWithout(MessageDigest digest, ObjectNode object, Set<String> omitted) {
        var writer = without(object, omitted);
        digest.update(writer.buffer, 0, writer.length);
    }

    private static CanonicalJson without(ObjectNode object, Set<String> omitted) {
        var writer = new CanonicalJson();
        var entries = new ArrayList<Map.Entry<String, JsonNode>>(object.size());
        for (var entry : object.properties()) {
            if (!omitted.contains(entry.getKey())) {
                entries.add(entry);
            }
        }
        writer.object(entries.toArray(array(entries.size())), 0);
        return writer;
    }

    /// Order by code point, which is not Java's order: a supplementary character (two surrogates, from U+D800) comes
    /// after U+E000 to U+FFFF.
    static int compareCodePoints(String a, String b) {
        var common = Math.min(a.length(), b.length());
        for (var i = 0; i < common; i++) {
            var x = a.charAt(i);
            var y = b.charAt(i);
            if (x != y) {
                var surrogate = Character.isSurrogate(x);
                return surrogate == Character.isSurrogate(y) ? x - y : surrogate ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    private void value(JsonNode node, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw refused("The JSON is nested too deeply.");
        }
        switch (node.getNodeType()) {
            case OBJECT -> object(node.properties().toArray(array(node.size())), depth);
            case ARRAY -> array(node, depth);
            case STRING -> string(node.stringValue());
            case NUMBER -> number(node);
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL -> ascii("null");
            case BINARY, MISSING, POJO -> throw refused("The JSON holds something that is not JSON.");
        }
    }

    private void object(Map.Entry<String, JsonNode>[] entries, int depth) {
        sort(entries);
        put('{');
        for (var i = 0; i < entries.length; i++) {
            if (i > 0) {
                put(',');
            }
            string(entries[i].getKey());
            put(':');
            value(entries[i].getValue(), depth + 1);
        }
        put('}');
    }

    /// Objects read back from storage are sorted already: looking first is cheaper than sorting again.
    private static void sort(Map.Entry<String, JsonNode>[] entries) {
        for (var i = 1; i < entries.length; i++) {
            if (BY_KEY.compare(entries[i - 1], entries[i]) > 0) {
                Arrays.sort(entries, BY_KEY);
                return;
            }
        }
    }

    private void array(JsonNode node, int depth) {
        put('[');
        for (var i = 0; i < node.size(); i++) {
            if (i > 0) {
                put(',');
            }
            value(node.get(i), depth + 1);
        }
        put(']');
    }

    private void number(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw refused("Numbers must be whole: Matrix has no fractions and no exponents.");
        }
        var number = node.longValue();
        if (number > MAXIMUM_INTEGER || number < -MAXIMUM_INTEGER) {
            throw refused("A number is out of range: whole numbers reach from -(2^53 - 1) to 2^53 - 1.");
        }
        ascii(Long.toString(number));
    }

    private void string(String text) {
        reserve(text.length() + 2);
        buffer[length++] = '"';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                buffer[length++] = (byte) c;
            } else {
                // Six bytes for the longest escape; the rest of the text was reserved at one byte for each character.
                reserve(text.length() - i + 7);
                i += unusual(text, i, c);
            }
        }
        buffer[length++] = '"';
    }

    /// Writes a character that is not itself in ASCII; answers how many further chars of the text it used up.
    private int unusual(String text, int at, char c) {
        if (c < 0x80) {
            escape(c);
            return 0;
        }
        var codePoint = text.codePointAt(at);
        if (codePoint < 0x800) {
            buffer[length++] = (byte) (0xc0 | (codePoint >> 6));
        } else if (codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            buffer[length++] = (byte) (0xf0 | (codePoint >> 18));
            continuation(codePoint >> 12);
            continuation(codePoint >> 6);
        } else if (Character.isSurrogate(c)) {
            throw refused("A string holds half a character (a lone surrogate).");
        } else {
            buffer[length++] = (byte) (0xe0 | (codePoint >> 12));
            continuation(codePoint >> 6);
        }
        continuation(codePoint);
        return Character.charCount(codePoint) - 1;
    }

    private void continuation(int bits) {
        buffer[length++] = (byte) (0x80 | (bits & 0x3f));
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> escapeAs(c);
            case '\b' -> escapeAs('b');
            case '\f' -> escapeAs('f');
            case '\n' -> escapeAs('n');
            case '\r' -> escapeAs('r');
            case '\t' -> escapeAs('t');
            default -> {
                ascii("\\u00");
                put(HEX[c >> 4]);
                put(HEX[c & 15]);
            }
        }
    }

    private void escapeAs(char letter) {
        buffer[length++] = '\\';
        buffer[length++] = (byte) letter;
    }

    private void ascii(String text) {
        reserve(text.length());
        for (var i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    private void put(int octet) {
        reserve(1);
        buffer[length++] = (byte) octet;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    @SuppressWarnings("unchecked") // Java has no generic arrays
    private static Map.Entry<String, JsonNode>[] array(int size) {
        return (Map.Entry<String, JsonNode>[]) new Map.Entry<?, ?>[size];
    }

    private static MatrixException refused(String sentence) {
        return new MatrixException(ErrorCode.M_BAD_JSON, sentence);
    }
}
