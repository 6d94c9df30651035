package lanyard.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {
    private static final Duration BUDGET = Duration.ofMillis(50);
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
    private static final String LARGEST = "9007199254740991";

    private record Abuse(String name, byte[] body, ErrorCode expected) {}

    private static Abuse notJson(String name, byte[] body) {
        return new Abuse(name, body, ErrorCode.M_NOT_JSON);
    }

    private static Abuse notJson(String name, String body) {
        return notJson(name, utf8(body));
    }

    private static Abuse bad(String name, String body) {
        return new Abuse(name, utf8(body), ErrorCode.M_BAD_JSON);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    private static Stream<Abuse> notJsonAtAll() {
        return Stream.of(
                notJson("words", "hello"),
                notJson("nothing", ""),
                notJson("blanks", " \n"),
                notJson("half an object", "{\"a\":"),
                notJson("a missing comma", "{\"a\":1 \"b\":2}"),
                notJson("a trailing comma", "{\"a\":1,}"),
                notJson("a trailing comma in a list", "{\"a\":[1,]}"),
                notJson("single quotes", "{'a':1}"),
                notJson("a comment", "{\"a\":1/**/}"),
                notJson("NaN", "{\"a\":NaN}"),
                notJson("Infinity", "{\"a\":Infinity}"),
                notJson("a plus sign", "{\"a\":+1}"),
                notJson("a leading zero", "{\"a\":01}"),
                notJson("a raw newline in a string", "{\"a\":\"\n\"}"),
                notJson("an unknown escape", "{\"a\":\"\\x41\"}"),
                notJson("a bracket too many", "{\"a\":1}}"),
                notJson("a second object", "{}{}"),
                notJson("trailing bytes", "{} x"),
                notJson("a trailing NUL", "{}\0"),
                notJson("a byte order mark", hex("EFBBBF 7B7D")),
                notJson("UTF-16 big end", "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)),
                notJson("UTF-16 little end", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)),
                notJson("UTF-16 with its mark", "{\"a\":1}".getBytes(StandardCharsets.UTF_16)),
                notJson("UTF-32", "{\"a\":1}".getBytes(Charset.forName("UTF-32"))),
                notJson("a stray continuation byte", hex("7B2261223A22 80 227D")),
                notJson("an overlong slash", hex("7B2261223A22 C0AF 227D")),
                notJson("half a UTF-8 character", hex("7B2261223A22 E282 227D")),
                notJson("a surrogate as UTF-8 bytes", hex("7B2261223A22 EDA080 227D")),
                notJson("beyond Unicode", hex("7B2261223A22 F4908080 227D")));
    }

    private static Stream<Abuse> notForUs() {
        return Stream.of(
                bad("a list", "[]"),
                bad("half a surrogate pair in a key", "{\"\\ud800\":1}"),
                bad("a string", "\"a\""),
                bad("a number", "1"),
                bad("null", "null"),
                bad("a high surrogate alone", "{\"a\":\"\\ud800\"}"),
                bad("a low surrogate alone", "{\"a\":\"\\udc00\"}"),
                bad("surrogates the wrong way round", "{\"a\":\"\\udc00\\ud800\"}"),
                bad("the same key twice", "{\"body\":\"a\",\"body\":\"b\"}"),
                bad("the same key twice, nested", "{\"a\":[{\"b\":1,\"b\":1}]}"),
                bad("the same key twice, one escaped", "{\"body\":\"a\",\"\\u0062ody\":\"b\"}"),
                bad("the same key twice, once null", "{\"a\":null,\"a\":1}"),
                bad("the empty key twice", "{\"\":1,\"\":2}"),
                bad("a float", "{\"a\":1.5}"),
                bad("a float that is whole", "{\"a\":1.0}"),
                bad("an exponent", "{\"a\":1e3}"),
                bad("a capital exponent", "{\"a\":1E3}"),
                bad("minus zero", "{\"a\":-0}"),
                bad("minus zero in a list", "{\"a\":[-0]}"),
                bad("2^53", "{\"a\":9007199254740992}"),
                bad("−2^53", "{\"a\":-9007199254740992}"),
                bad("2^63", "{\"a\":9223372036854775808}"),
                bad("−2^63", "{\"a\":-9223372036854775808}"));
    }

    private static Stream<Abuse> tooMuch() {
        var colliding = IntStream.range(0, 1 << 16)
                .mapToObj(i -> '"' + collision(i) + "\":1")
                .collect(Collectors.joining(","));
        return Stream.of(
                bad("10^400", "{\"a\":1" + "0".repeat(400) + "}"),
                bad("a million digits", "{\"a\":" + "9".repeat(1_000_000) + "}"),
                bad("a million decimals", "{\"a\":0." + "9".repeat(1_000_000) + "}"),
                bad("33 levels", nested(33)),
                bad("10,000 levels", nested(10_000)),
                bad("a million open lists", "{\"a\":" + "[".repeat(1_000_000)),
                bad("100,000 keys", withKeys(100_000)),
                bad("65,536 keys of one hash code", "{" + colliding + "}"),
                bad("a key of a megabyte", "{\"" + "k".repeat(1_000_000) + "\":1}"),
                bad("a list of a million", "{\"a\":[" + "1,".repeat(1_000_000) + "1]}"),
                notJson("a string of a megabyte, unfinished", "{\"a\":\"" + "a".repeat(1_000_000)),
                notJson("escapes for a megabyte, unfinished", "{\"a\":\"" + "\\u0041".repeat(180_000)),
                bad("a megabyte and then half a pair", "{\"a\":\"" + "a".repeat(1_000_000) + "\\ud800\"}"));
    }

    /// `Aa` and `BB` have the same hash code, so any sixteen of them do.
    private static String collision(int bits) {
        return IntStream.range(0, 16)
                .mapToObj(i -> (bits >> i & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    @TestFactory
    Stream<DynamicTest> abuseIsRefusedByTheRightCodeWithinTheBudget() {
        return Stream.of(notJsonAtAll(), notForUs(), tooMuch())
                .flatMap(abuses -> abuses)
                .map(abuse -> DynamicTest.dynamicTest(abuse.name(), () -> {
                    assertThat(refusal(abuse.body()).code()).isEqualTo(abuse.expected());
                    assertThat(fastest(abuse.body())).isLessThan(BUDGET);
                }));
    }

    private static MatrixException refusal(byte[] body) {
        return catchThrowableOfType(MatrixException.class, () -> Json.object(body));
    }

    /// Processor time, and the best of a few: the budget is for the work, not for a compiler or a neighbour.
    private static Duration fastest(byte[] body) {
        var best = Duration.ofDays(1);
        for (var i = 0; i < 20 && best.compareTo(BUDGET) >= 0; i++) {
            var started = PROCESSOR.getCurrentThreadCpuTime();
            refusal(body);
            var taken = Duration.ofNanos(PROCESSOR.getCurrentThreadCpuTime() - started);
            best = taken.compareTo(best) < 0 ? taken : best;
        }
        return best;
    }

    @Test
    void aRefusalNeverRepeatsWhatItRefused() {
        assertThat(Stream.of(notJsonAtAll(), notForUs()).flatMap(abuses -> abuses))
                .allSatisfy(
                        abuse -> assertThat(refusal(abuse.body()).getCause()).isNull());
        assertThat(refusal(utf8("{\"Mrs Smith\":1,\"Mrs Smith\":2}")).sentence())
                .doesNotContain("Smith");
    }

    @Test
    void anObjectHasTenThousandKeysAtMost() {
        assertThat(Json.object(utf8(withKeys(10_000))).size()).isEqualTo(10_000);
        assertThat(refusal(utf8(withKeys(10_001))).code()).isEqualTo(ErrorCode.M_BAD_JSON);
    }

    private static String withKeys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void whatCanonicalJsonHoldsIsAccepted() {
        var body = "{\"int\":" + LARGEST + ",\"neg\":-" + LARGEST + ",\"zero\":0,\"n\":null,\"t\":true,\"f\":false,"
                + "\"\":\"\",\"😀\":\"\\ud83d\\ude00 \\u202e\\u0000\",\"list\":[1,[],{}]}";
        var read = Json.object(utf8(body));
        assertThat(Json.longField(read, "int")).isEqualTo(9_007_199_254_740_991L);
        assertThat(Json.longField(read, "neg")).isEqualTo(-9_007_199_254_740_991L);
        assertThat(read.get("😀").stringValue()).isEqualTo("😀 \u202e\0");
        assertThat(read.size()).isEqualTo(9);
        assertThat(Json.object(Json.bytes(read))).isEqualTo(read);
    }

    @Test
    void thirtyTwoLevelsAreAcceptedAndSpaceAroundIsToo() {
        assertThat(Json.object(utf8(" \t\r\n" + nested(32) + "\n"))).hasSize(1);
    }

    @Test
    void fieldsAreReadByTheirType() {
        var from = Json.object(
                utf8("{\"s\":\"x\",\"i\":7,\"b\":false,\"o\":{\"k\":1},\"a\":[1],\"n\":null,\"nul\":\"a\\u0000\"}"));
        assertThat(Json.text(from, "s")).isEqualTo("x");
        assertThat(Json.longField(from, "i")).isEqualTo(7);
        assertThat(Json.booleanField(from, "b")).isFalse();
        assertThat(Json.objectField(from, "o")).hasSize(1);
        assertThat(Json.arrayField(from, "a")).hasSize(1);
        assertThat(Json.optionalText(from, "n")).isEmpty();
        assertThat(Json.optionalLong(from, "absent")).isEmpty();
        assertThat(Json.optionalBoolean(from, "absent")).isEmpty();
        assertThat(Json.optionalObject(from, "absent")).isEmpty();
        assertThat(Json.optionalArray(from, "absent")).isEmpty();
        assertThatThrownBy(() -> Json.text(from, "nul"))
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.M_INVALID_PARAM));
    }

    @TestFactory
    Stream<DynamicTest> aFieldOfTheWrongTypeOrMissingIsRefused() {
        var from = Json.object(utf8("{\"s\":\"7\",\"i\":7,\"b\":false,\"o\":{},\"a\":[]}"));
        return Stream.of(
                refuses("text", from, Json::text, "i"),
                refuses("integer", from, Json::longField, "s"),
                refuses("boolean", from, Json::booleanField, "s"),
                refuses("object", from, Json::objectField, "a"),
                refuses("list", from, Json::arrayField, "o"),
                refuses("nothing", from, Json::text, "absent"));
    }

    private static DynamicTest refuses(
            String name, ObjectNode from, BiFunction<ObjectNode, String, Object> reader, String field) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThatThrownBy(() -> reader.apply(from, field))
                        .isInstanceOfSatisfying(
                                MatrixException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.M_BAD_JSON)));
    }
}
