package lanyard.traceability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lanyard.TestServer;
import lanyard.platform.json.Json;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/// What we do not offer says so in Matrix's words: a client that asks knows at once that it need not ask again.
class RefusedOperationsTest {
    private static final List<Operation> LEDGER =
            Operation.parse(Generated.read(Path.of("src/main/resources/matrix/operations.csv")));

    @Test
    void eachRefusedOperationAnswersWithItsErrorCode() {
        var refused = LEDGER.stream().filter(Operation::isRefused).toList();
        assertThat(refused).hasSizeGreaterThan(20);
        try (var server = TestServer.conformance()) {
            var ann = server.register("ann");
            var softly = new SoftAssertions();
            for (var operation : refused) {
                var path = operation.path().replaceAll("\\{[^}]*}", "x");
                var answer = server.call(
                        operation.method(), path, ann, operation.method().equals("GET") ? null : Json.object());
                softly.assertThat(answer.text("errcode"))
                        .as(operation.route())
                        .isEqualTo(operation.refusal().orElseThrow());
                softly.assertThat(answer.status()).as(operation.route()).isIn(403, 404, 405);
                softly.assertThat(answer.text("error")).as(operation.route()).isNotBlank();
            }
            softly.assertAll();
        }
    }
}
