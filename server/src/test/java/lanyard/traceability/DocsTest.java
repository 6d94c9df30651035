package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents name exists, and what exists is in the picture.
class DocsTest {
    private static final Path PROJECT = Path.of("..");
    private static final List<Path> ROOTS = Stream.of(
                    "", "server", "server/src/main/java/lanyard", "server/src/main/resources", "web", "web/src", "docs")
            .map(PROJECT::resolve)
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md"})
    void everyPathAndTypeADocumentNamesExists(String document) {
        var file = PROJECT.resolve(document);
        Assumptions.assumeTrue(Files.exists(file), "There is no " + document + " yet.");
        assertThat(new DocumentNames(ROOTS, types()).missing(Generated.read(file)))
                .as("named in %s and not there", document)
                .isEmpty();
    }

    @Test
    void everyPackageIsInThePicture() {
        var file = PROJECT.resolve("ARCHITECTURE.md");
        Assumptions.assumeTrue(Files.exists(file), "There is no ARCHITECTURE.md yet.");
        assertThat(unnamed(packages(), Generated.read(file)))
                .as("packages that ARCHITECTURE.md does not name")
                .isEmpty();
    }

    private static List<String> unnamed(List<String> packages, String document) {
        return packages.stream()
                .filter(name -> !Pattern.compile("\\b" + name.substring(name.lastIndexOf('/') + 1) + "\\b")
                        .matcher(document)
                        .find())
                .toList();
    }

    private static List<String> packages() {
        return SourceTexts.sources(SourceTexts.PRODUCTION).keySet().stream()
                .filter(file -> file.endsWith("/package-info.java"))
                .map(file -> file.substring(0, file.lastIndexOf('/')))
                .toList();
    }

    private static Set<String> types() {
        var types = new HashSet<>(DocumentNames.types(SourceTexts.sources(SourceTexts.PRODUCTION)));
        types.addAll(DocumentNames.types(SourceTexts.sources(Path.of("src/test/java"))));
        return types;
    }

    @Test
    void aNameThatIsNowhereIsFound() {
        var names = new DocumentNames(
                ROOTS,
                DocumentNames.types(
                        Map.of("A.java", "import java.time.InstantSource; class Retention { record Rule() {} }")));
        assertThat(
                        names.missing(
                                "See `Retention`, `Rule`, `InstantSource`, `String`, `server/pom.xml`, `src/main/`,"
                                        + " `GET`, `M_FORBIDDEN`, `m.room.name`, `java.sql`, `/_matrix/x`, `now()`.\n```\n`Gone`\n```\n"))
                .isEmpty();
        assertThat(names.missing("See `Vanished`, `server/none.xml` and `none/`."))
                .containsExactly("Vanished", "server/none.xml", "none/");
    }

    @Test
    void aPackageThatIsNotInThePictureIsFound() {
        assertThat(unnamed(List.of("lanyard/trust/hold", "lanyard/trust/gone"), "trust: hold/ and holdings"))
                .containsExactly("lanyard/trust/gone");
    }
}
