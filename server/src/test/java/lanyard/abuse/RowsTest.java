package lanyard.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each abuse case of signing in (A), of lost phones (J), of governance (C, G), and each race of revocation, holds and
/// approvals has a test that bears its name: `a13…`, or `a1A2…` for a test of several.
class RowsTest {
    private static final Pattern NAMED = Pattern.compile("void ([acgij][0-9]+(?:[ACGIJ][0-9]+)*)[A-Z]");
    private static final Pattern ROW = Pattern.compile("[ACGIJ][0-9]+");

    @Test
    void everyCaseOfSignInOfLostPhonesAndOfGovernanceHasATestThatBearsItsName() throws IOException {
        var rows = Stream.of(
                        IntStream.rangeClosed(1, 20).mapToObj(i -> "A" + i),
                        IntStream.rangeClosed(1, 7).mapToObj(i -> "J" + i),
                        IntStream.rangeClosed(1, 6).mapToObj(i -> "C" + i),
                        Stream.of("C14", "C15", "C16", "G3", "G4", "G12", "I3", "I4", "I5", "I6"))
                .flatMap(all -> all)
                .toList();
        assertThat(named()).containsAll(rows);
    }

    private static Set<String> named() throws IOException {
        var named = new HashSet<String>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                NAMED.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1).toUpperCase(java.util.Locale.ROOT))
                        .flatMap(name -> ROW.matcher(name).results())
                        .forEach(row -> named.add(row.group()));
            }
        }
        return named;
    }
}
