package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;

/// The steps at which the conformance tests end the server are those that the code names, each once.
class CrashPointsTest {
    private static final Path VISITED = Path.of("../conformance/lib/crash-points.json");
    private static final Pattern NAMED = Pattern.compile("CrashPoint\\.at\\(\"([a-z.-]+)\"\\)");

    private static List<String> named() {
        return SourceTexts.sources(SourceTexts.PRODUCTION).values().stream()
                .flatMap(source -> NAMED.matcher(source).results())
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> visited() {
        return Json.ownObject(Generated.read(VISITED).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .propertyStream()
                .flatMap(part -> part.getValue().propertyStream())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    @Test
    void everyStepIsVisitedAndEveryVisitedStepExists() {
        assertThat(named()).doesNotHaveDuplicates();
        assertThat(visited()).containsExactlyInAnyOrderElementsOf(named());
    }
}
