package lanyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/test/java"})
    void filesMethodsAndParameterListsAreShort(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).flatMap(ShapeTest::violations))
                    .isEmpty();
        }
    }

    private static Stream<String> violations(Path file) {
        try {
            return Shape.violations(file.getFileName().toString(), Files.readString(file)).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> planted(String member) {
        return Shape.violations("Planted.java", "class Planted {\n" + member + "\n}\n");
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
        assertThat(Shape.violations("Planted.java", "\n".repeat(401))).hasSize(1);
        assertThat(Shape.violations("Planted.java", "\n".repeat(400))).isEmpty();
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
