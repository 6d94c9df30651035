package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lanyard.traceability.SourceTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void filesMethodsAndParameterListsAreShort(String root) {
        assertThat(Shape.violations(SourceTexts.sources(Path.of(root)))).isEmpty();
    }

    private static List<String> planted(String member) {
        return file("class Planted {\n" + member + "\n}\n");
    }

    private static List<String> file(String source) {
        return Shape.violations(Map.of("Planted.java", source));
    }

    @Test
    void aMethodOfFiftyOneLinesIsTooLong() {
        assertThat(planted("void m() {" + "\n".repeat(50) + "}"))
                .containsExactly("Planted.java: m has 51 lines; 50 are allowed.");
        assertThat(planted("/// Why.\n/// And how.\nvoid m() {" + "\n".repeat(49) + "}"))
                .isEmpty();
    }

    @Test
    void aMethodWithinAMethodIsMeasuredToo() {
        var inner = "void m() { new Object() { void inner() {" + "\n".repeat(60) + "} }; }";
        assertThat(planted(inner)).hasSize(2).anyMatch(line -> line.contains("inner"));
    }

    @Test
    void aFileOfFourHundredAndOneLinesIsTooLong() {
        assertThat(file("\n".repeat(401))).hasSize(1);
        assertThat(file("\n".repeat(400))).isEmpty();
    }

    @Test
    void sixParametersAreTooManyExceptForARecordOrALibrarysMethod() {
        var six = "(int a, int b, int c, int d, int e, int f)";
        assertThat(planted("void m" + six + " {}")).hasSize(1);
        assertThat(planted("Planted" + six + " {}")).hasSize(1);
        assertThat(planted("@Override public void m" + six + " {}")).isEmpty();
        assertThat(planted("record R" + six + " { R" + six + " {} }")).isEmpty();
        assertThat(planted("record R" + six + " { R { } static void m" + six + " {} }"))
                .hasSize(1);
        assertThat(planted("void m(int a, int b, int c, int d, int e) {}")).isEmpty();
    }
}
