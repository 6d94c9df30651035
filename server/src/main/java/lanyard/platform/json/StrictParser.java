package lanyard.platform.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Reads JSON that Matrix's canonical JSON can hold and refuses everything else, at the first thing that is wrong.
/// <https://spec.matrix.org/v1.18/appendices/#canonical-json>
///
/// Two servers, or a server and a client, that read the same bytes differently are how a message is made to say one
/// thing to one person and another to the next; so nothing is repaired here. Malformed is `M_NOT_JSON`; JSON that we
/// do not accept is `M_BAD_JSON`.
final class StrictParser {
    static final int MAXIMUM_DEPTH = 32;
    static final int MAXIMUM_MEMBERS = 50_000;
    /// Of one object: names chosen to have one hash code are found slowly, however well they are kept.
    static final int MAXIMUM_KEYS = 10_000;
    static final long LARGEST_INTEGER = (1L << 53) - 1;
    /// A sign and sixteen digits; what is longer is refused by its length and never becomes a number.
    private static final int LONGEST_INTEGER = 17;

    /// Names are not shared between parses: a table filled by one caller's invented names would slow everybody.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    /// A fraction this long says more than any double holds.
    private static final int LONGEST_FRACTION = 40;

    private static final String HALF_A_PAIR = "The request body holds half a surrogate pair.";
    private final JsonParser parser;
    private final boolean fractions;
    private final int mostMembers;
    private int depth;
    private int members;

    private StrictParser(JsonParser parser, boolean fractions, int mostMembers) {
        this.parser = parser;
        this.fractions = fractions;
        this.mostMembers = mostMembers;
    }

    static JsonNode parse(byte[] bytes) {
        return parse(bytes, false, MAXIMUM_MEMBERS);
    }

    /// The same, however many members there are.
    static JsonNode parseLarge(byte[] bytes) {
        return parse(bytes, false, Integer.MAX_VALUE);
    }

    /// The same, but numbers may have fractions and exponents, kept to the digit.
    static JsonNode parseWithFractions(byte[] bytes) {
        return parse(bytes, true, MAXIMUM_MEMBERS);
    }

    private static JsonNode parse(byte[] bytes, boolean fractions, int mostMembers) {
        var text = utf8(bytes);
        try (var parser = FACTORY.createParser(
                ObjectReadContext.empty(), text.array(), text.arrayOffset() + text.position(), text.remaining())) {
            return new StrictParser(parser, fractions, mostMembers).document();
        } catch (StreamConstraintsException e) {
            throw refused("The request body holds a value that is too long.");
        } catch (JacksonException e) {
            throw isHalfAPair(e) ? refused(HALF_A_PAIR) : malformed();
        }
    }

    /// In a string it is found below; in a name Jackson finds it first, and says so in words only.
    private static boolean isHalfAPair(JacksonException e) {
        return e.getOriginalMessage().contains("surrogate");
    }

    /// UTF-8 and nothing else (<https://www.rfc-editor.org/rfc/rfc8259#section-8.1>); Jackson alone would also take
    /// UTF-16 and a byte order mark.
    private static CharBuffer utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private JsonNode document() {
        var root = value(parser.nextToken());
        if (parser.nextToken() != null) {
            throw malformed();
        }
        return root;
    }

    private JsonNode value(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> StringNode.valueOf(wellFormed(parser.getString()));
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> fraction(parser.getString());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            case null, default -> throw malformed();
        };
    }

    private ObjectNode object() {
        deeper();
        var object = JsonNodeFactory.instance.objectNode();
        for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            if (token != JsonToken.PROPERTY_NAME) {
                throw malformed();
            }
            oneMore();
            var name = wellFormed(parser.currentName());
            if (object.replace(name, value(parser.nextToken())) != null) {
                throw refused("The request body holds the same key twice.");
            }
            if (object.size() > MAXIMUM_KEYS) {
                throw refused("The request body holds an object of more than " + MAXIMUM_KEYS + " keys.");
            }
        }
        depth--;
        return object;
    }

    private ArrayNode array() {
        deeper();
        var array = JsonNodeFactory.instance.arrayNode();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            oneMore();
            array.add(value(token));
        }
        depth--;
        return array;
    }

    private void deeper() {
        if (++depth > MAXIMUM_DEPTH) {
            throw refused("The request body is nested deeper than " + MAXIMUM_DEPTH + " levels.");
        }
    }

    private void oneMore() {
        if (++members > mostMembers) {
            throw refused("The request body holds more than " + mostMembers + " values.");
        }
    }

    private static JsonNode integer(String digits) {
        if (digits.equals("-0")) {
            throw refused("The request body holds the number -0.");
        }
        var number = digits.length() > LONGEST_INTEGER ? Long.MAX_VALUE : Long.parseLong(digits);
        if (Math.abs(number) > LARGEST_INTEGER) {
            throw refused("The request body holds an integer beyond ±(2^53 − 1).");
        }
        return number == (int) number
                ? JsonNodeFactory.instance.numberNode((int) number)
                : JsonNodeFactory.instance.numberNode(number);
    }

    private JsonNode fraction(String digits) {
        if (!fractions) {
            throw refused("The request body holds a number that is not a plain integer, such as 1.5 or 1e3.");
        }
        if (digits.length() > LONGEST_FRACTION || !Double.isFinite(Double.parseDouble(digits))) {
            throw refused("The request body holds a number that is too long or too large.");
        }
        return JsonNodeFactory.instance.numberNode(new BigDecimal(digits));
    }

    /// Half a surrogate pair, written as an escape, is no character and has no UTF-8.
    private static String wellFormed(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused(HALF_A_PAIR);
                }
                i++;
            }
        }
        return text;
    }

    private static MatrixException malformed() {
        return new MatrixException(ErrorCode.M_NOT_JSON, "The request body is not valid JSON.");
    }

    private static MatrixException refused(String sentence) {
        return new MatrixException(ErrorCode.M_BAD_JSON, sentence);
    }
}
