package lanyard.standards.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static String canonical(String json) {
        return new String(CanonicalJson.bytes(MAPPER.readTree(json)), UTF_8);
    }

    /// The specification's own examples, <https://spec.matrix.org/v1.18/appendices/#examples>.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "{\"one\": 1, \"two\": \"Two\"}|{\"one\":1,\"two\":\"Two\"}",
                "{\"b\": \"2\", \"a\": \"1\"}|{\"a\":\"1\",\"b\":\"2\"}",
                "{\"a\": \"日本語\"}|{\"a\":\"日本語\"}",
                "{\"本\": 2, \"日\": 1}|{\"日\":1,\"本\":2}",
                "{\"a\": \"\\u65E5\"}|{\"a\":\"日\"}",
                "{\"a\": null}|{\"a\":null}",
                "{\"a\": [true, false, [], {\"z\": 0, \"y\": -1}]}|{\"a\":[true,false,[],{\"y\":-1,\"z\":0}]}",
            })
    void followsTheSpecificationsExamples(String json, String expected) {
        assertThat(canonical(json)).isEqualTo(expected);
    }

    @Test
    void followsTheSpecificationsNestedExample() {
        assertThat(canonical("""
                {"auth": {"success": true, "mxid": "@john.doe:example.com", "profile": {"display_name": "John Doe",
                 "three_pids": [{"medium": "email", "address": "john.doe@example.org"},
                                {"medium": "msisdn", "address": "123456789"}]}}}"""))
                .isEqualTo("{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John Doe\","
                        + "\"three_pids\":[{\"address\":\"john.doe@example.org\",\"medium\":\"email\"},"
                        + "{\"address\":\"123456789\",\"medium\":\"msisdn\"}]},\"success\":true}}");
    }

    @Test
    void sortsByCodePointAndNotByJavasChars() {
        var object = NODES.objectNode();
        object.put("\ud83d\ude00", 3);
        object.put("\uff5e", 2);
        object.put("a", 1);
        object.put("", 0);
        assertThat(new String(CanonicalJson.bytes(object), UTF_8))
                .isEqualTo("{\"\":0,\"a\":1,\"\uff5e\":2,\"\ud83d\ude00\":3}");
    }

    @Test
    void escapesControlCharactersInLowerCaseAndNothingElse() {
        assertThat(new String(
                        CanonicalJson.bytes(NODES.stringNode("\u0000\u001f\b\t\n\f\r\"\\/\u007f\u0080é€")), UTF_8))
                .isEqualTo("\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f\u0080é€\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740991", "-9007199254740991", "0", "-1"})
    void keepsWholeNumbersWithinTheRange(String number) {
        assertThat(canonical("[" + number + "]")).isEqualTo("[" + number + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "9223372036854775807",
                "-9223372036854775808",
                "99999999999999999999",
                "1.0",
                "1e10",
                "-0.0",
                "0.1"
            })
    void refusesNumbersThatAreNotWholeOrOutOfRange(String number) {
        assertRefused(MAPPER.readTree("{\"a\":" + number + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ud83db", "\ude00", "\ude00\ud83d"})
    void refusesLoneSurrogatesInTextAndKeys(String text) {
        assertRefused(NODES.stringNode(text));
        assertRefused(NODES.objectNode().put(text, 1));
    }

    @Test
    void refusesWhatIsNotJsonOrNestedWithoutEnd() {
        assertRefused(NODES.binaryNode(new byte[] {1}));
        var deep = NODES.objectNode();
        for (var i = 0; i < 200; i++) {
            deep = NODES.objectNode().set("a", deep);
        }
        assertRefused(deep);
    }

    @Test
    void leavesOutOnlyOutermostKeys() {
        var object = (ObjectNode) MAPPER.readTree("{\"b\":{\"a\":1},\"a\":2}");
        assertThat(new String(CanonicalJson.bytesWithout(object, Set.of("a")), UTF_8))
                .isEqualTo("{\"b\":{\"a\":1}}");
        assertThat(object.has("a")).isTrue();
    }

    /// Random trees: the result parses back to the same tree, is stable, and does not depend on the order of keys.
    @Test
    void isAFixedPointWhateverTheTree() {
        for (var seed = 0; seed < 500; seed++) {
            var tree = tree(new Random(seed), 4);
            var bytes = CanonicalJson.bytes(tree);
            var again = MAPPER.readTree(bytes);
            assertThat(CanonicalJson.bytes(again)).isEqualTo(bytes);
            assertThat(CanonicalJson.bytes(reversed(tree))).isEqualTo(bytes);
            assertThat(again).isEqualTo(MAPPER.readTree(MAPPER.writeValueAsString(tree)));
        }
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong(-CanonicalJson.MAXIMUM_INTEGER, CanonicalJson.MAXIMUM_INTEGER));
            case 3 -> NODES.stringNode(text(random));
            case 4 -> {
                var array = NODES.arrayNode();
                random.ints(random.nextInt(5)).forEach(i -> array.add(tree(random, depth - 1)));
                yield array;
            }
            default -> {
                var object = NODES.objectNode();
                random.ints(random.nextInt(6)).forEach(i -> object.set(text(random), tree(random, depth - 1)));
                yield object;
            }
        };
    }

    private static String text(Random random) {
        var codePoints = random.ints(random.nextInt(2000) == 0 ? 3000 : random.nextInt(8), 0, 4)
                .map(kind -> switch (kind) {
                    case 0 -> random.nextInt(0x80);
                    case 1 -> random.nextInt(0x80, 0x800);
                    case 2 -> random.nextInt(0xe000, 0x10000);
                    default -> random.nextInt(0x10000, 0x110000);
                })
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static JsonNode reversed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var reversed = NODES.objectNode();
            var keys = object.propertyNames().toArray(String[]::new);
            for (var i = keys.length - 1; i >= 0; i--) {
                reversed.set(keys[i], reversed(object.get(keys[i])));
            }
            return reversed;
        }
        if (node.isArray()) {
            var array = NODES.arrayNode();
            node.forEach(element -> array.add(reversed(element)));
            return array;
        }
        return node;
    }

    private static void assertRefused(JsonNode node) {
        assertThatThrownBy(() -> CanonicalJson.bytes(node))
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.M_BAD_JSON));
    }
}
