package lanyard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import lanyard.messaging.timeline.ReadMarks;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;

/// Who has read what, and when, is for those in the conversation and for a case. It is never a number about somebody.
class NoLeagueTablesTest {
    /// What delivers and shows it, forgets it, or reads it within a case.
    private static final String[] MAY_KNOW = {
        "lanyard",
        "lanyard.messaging.timeline..",
        "lanyard.messaging.sync..",
        "lanyard.messaging.push..",
        "lanyard.messaging.urgent..",
        "lanyard.governance.retention..",
        "lanyard.governance.review..",
        "lanyard.governance.misdirection..",
        "lanyard.messaging.misdirection..",
    };

    private static final Pattern TIMES = Pattern.compile("(?s)\\b(avg|percentile_cont|percentile_disc|stddev)\\s*\\(");
    private static final Pattern WORDS =
            Pattern.compile("response time|reading time|time to (read|answer|reply)|average|median|fastest|slowest");

    @Test
    @Rule("G12")
    void whoReadWhenIsKnownToNothingThatReports() {
        var production = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("lanyard");
        noClasses()
                .that()
                .resideOutsideOfPackages(MAY_KNOW)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ReadMarks.class)
                .check(production);
    }

    @Test
    @Rule("G12")
    void noQueryMakesANumberOfPeoplesTimes() throws IOException {
        assertThat(matching(Path.of("src/main/java"), ".java", TIMES)).isEmpty();
    }

    @Test
    @Rule("G12")
    void noPageOfTheConsoleSpeaksOfThem() throws IOException {
        assertThat(matching(Path.of("src/main/resources/lanyard"), ".peb", WORDS))
                .isEmpty();
    }

    private static List<Path> matching(Path root, String ending, Pattern pattern) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> pattern.matcher(read(file)).find())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
