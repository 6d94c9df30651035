package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// `docs/safety/hazards.md` is written by hand, as a table whose rows begin `| H01 |` and whose heading names a column
/// `status`. What it calls controlled must have a test that says so.
class HazardDocTest {
    private static final Path LOG = Path.of("../docs/safety/hazards.md");
    private static final Pattern ROW = Pattern.compile("\\|\\s*(H[0-9]{2,3})\\s*\\|.*");
    private static final Pattern CONTROLLED = Pattern.compile("(partly )?controlled.*");

    private static Tags tags() {
        return Tags.of(Hazard.class);
    }

    @Test
    void everyControlledHazardHasATestAndEveryTagAHazard() {
        Assumptions.assumeTrue(Files.exists(LOG), "There is no hazard log yet.");
        var statuses = statuses(Generated.read(LOG));
        assertThat(statuses).as("rows of %s", LOG).isNotEmpty();
        assertThat(untested(statuses, tags()))
                .as("controlled, but no test is tagged @Hazard")
                .isEmpty();
        assertThat(tags().tests().keySet()).as("tags @Hazard").isSubsetOf(statuses.keySet());
    }

    private static List<String> untested(Map<String, String> statuses, Tags tags) {
        return statuses.entrySet().stream()
                .filter(hazard -> CONTROLLED.matcher(hazard.getValue()).matches())
                .map(Map.Entry::getKey)
                .filter(id -> tags.holding(id).isEmpty())
                .toList();
    }

    private static SortedMap<String, String> statuses(String document) {
        var statuses = new TreeMap<String, String>();
        var column = -1;
        for (var line : document.lines().toList()) {
            var cells = List.of(line.split("(?<!\\\\)\\|", -1)).stream()
                    .map(String::strip)
                    .toList();
            var heading =
                    cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
            column = heading.contains("status") ? heading.indexOf("status") : column;
            var row = ROW.matcher(line);
            if (row.matches() && column >= 0 && column < cells.size()) {
                statuses.put(row.group(1), cells.get(column).toLowerCase(Locale.ROOT));
            }
        }
        return statuses;
    }

    @Test
    void aHazardCalledControlledWithoutATestIsFound() {
        var log = """
                | id | hazard | control | Status |
                |---|---|---|---|
                | H01 | A message is lost. | Group commit | controlled |
                | H02 | Sent to the wrong person. | Near names | Controlled by the app |
                | H03 | Read too late. | None | not controlled |
                | H04 | Read by others. | Some | partly controlled |
                """;
        var tags = Tags.ofSources(Hazard.class, Map.of("T.java", "class T { @Hazard(\"H01\") void t() {} }"));
        assertThat(untested(statuses(log), tags)).containsExactly("H02", "H04");
    }
}
