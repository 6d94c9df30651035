package lanyard.standards.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OperationOutcomeTest {
    @Test
    void theServersWordsAreReadWithoutControlCharactersAndCut() {
        var outcome = OperationOutcome.read(new JsonMapper().readTree("""
                                {"resourceType":"OperationOutcome","issue":[
                                  {"severity":"error","code":"invalid","details":{"text":"No such\\u0007 patient"}},
                                  {"severity":"error","code":"required","diagnostics":"author"},
                                  {"code":7}]}
                                """)).orElseThrow();
        assertThat(outcome.words(100)).isEqualTo("No such  patient; author; unknown");
        assertThat(outcome.words(8)).isEqualTo("No such…");
        assertThat(outcome.toString()).doesNotContain("patient");
        assertThat(FhirValidator.errors(
                        new OperationOutcome(List.of(new OperationOutcome.Issue("error", "invalid", "no"))).toJson()))
                .isEmpty();
    }

    @Test
    void anythingElseIsNotAnOutcome() {
        assertThat(OperationOutcome.read(new JsonMapper().readTree("[1]"))).isEmpty();
        assertThat(OperationOutcome.read(new JsonMapper().readTree("{\"resourceType\":\"Patient\"}")))
                .isEmpty();
    }
}
