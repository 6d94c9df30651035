package lanyard;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A wall nobody has seen fail may be painted on. Under `lanyardplant` stands one violation of each rule; here each
/// rule must find its own.
class PlantedViolationsTest {
    private static final String ROOT = "lanyardplant";
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(ROOT);

    /// Each rule and the planted class that breaks it.
    private static final Map<String, String> PLANTS = Map.ofEntries(
            entry("messaging looks only down", "messaging.upward.Upward"),
            entry("trust looks only down", "trust.upward.Upward"),
            entry("platform looks only down", "platform.upward.Upward"),
            entry("standards looks only down", "standards.upward.Upward"),
            entry("features form no cycle", "trust.hen.Hen"),
            entry("standards are plain Java", "standards.library.Library"),
            entry("standards do no input or output", "standards.disk.Disk"),
            entry("only platform.http sees the HTTP library", "trust.library.Library"),
            entry("only platform.db speaks SQL's libraries", "trust.library.Library"),
            entry("only stores run statements", "trust.library.Library"),
            entry("every Store is private to its package", "trust.open.OpenStore"),
            entry("every Endpoints is private to its package", "trust.open.OpenEndpoints"),
            entry("every Pages is private to its package", "trust.open.OpenPages"),
            entry("every Job is private to its package", "trust.open.OpenJob"),
            entry("time is handed in, never looked up", "trust.chance.Chance"),
            entry("above the platform, randomness is handed in", "trust.chance.Chance"),
            entry("only an approved case is unsealed", "governance.shortcut.Shortcut"),
            entry("no setters", "trust.chance.Chance"),
            entry("no name says nothing", "trust.open.OpenHelper"),
            entry("every package is null-marked", "trust.open.OpenJob"));

    @TestFactory
    Stream<DynamicTest> everyRuleFindsItsPlantedViolation() {
        return Walls.under(ROOT).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue()
                                        .evaluate(PLANTED)
                                        .getFailureReport()
                                        .toString())
                                .contains(ROOT + "." + PLANTS.get(rule.getKey()))));
    }

    @Test
    void everyRuleHasAPlantAndEveryPlantARule() {
        assertThat(PLANTS.keySet())
                .containsExactlyInAnyOrderElementsOf(Walls.under(ROOT).keySet());
    }

    @Test
    void everyWayOfReadingTheClockIsFound() {
        var rule = Objects.requireNonNull(Walls.under(ROOT).get("time is handed in, never looked up"));
        var report = rule.evaluate(PLANTED).getFailureReport().toString();
        assertThat(report).contains("Instant.now()", "LocalDate.now(", "currentTimeMillis", "Clock.systemUTC()");
        assertThat(report).doesNotContain("handedIn");
    }
}
