package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import lanyard.platform.json.Json;
import org.junit.jupiter.api.Test;

/// Every answer that a test gets through `TestServer` is held against the specification; this shows that it would be
/// noticed.
class SpecificationSchemasTest {
    private static SpecificationSchemas schemas() {
        assumeThat(SpecificationSchemas.atHand())
                .as("the specification's files are not beside the project: answers are not checked")
                .isPresent();
        return SpecificationSchemas.atHand().orElseThrow();
    }

    @Test
    void theSpecificationsOperationsAreRead() {
        assertThat(schemas().operations()).isGreaterThan(120);
    }

    /// `scripts/answers-checked` fails when a whole run has not looked at each of them.
    @Test
    void whatARunMustLookAtIsWrittenDown() {
        schemas().listWanted(Operation.parse(Generated.read(Path.of("src/main/resources/matrix/operations.csv"))));
        assertThat(Path.of("target/answers/wanted")).isNotEmptyFile();
    }

    @Test
    void aWrongAnswerIsNoticed() {
        var path = "/_matrix/client/v3/account/whoami";
        assertThat(schemas().violation("GET", path, Json.object().put("user_id", "@a:b")))
                .isEmpty();
        assertThat(schemas().violation("GET", path, Json.object().put("user_id", 1)))
                .isPresent();
        assertThat(schemas().violation("GET", path + "?x=1", Json.object())).isPresent();
        assertThat(schemas().violation("GET", "/_lanyard/v1/about", Json.object()))
                .isEmpty();
    }

    @Test
    void referencesAreFollowed() {
        var sync = Json.object().put("next_batch", "s");
        var join = sync.putObject("rooms").putObject("join").putObject("!a:b");
        join.putObject("timeline").putArray("events").addObject().put("type", 1);
        assertThat(schemas().violation("GET", "/_matrix/client/v3/sync", sync)).isPresent();
    }
}
