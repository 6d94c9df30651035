package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import lanyard.standards.fhir.FhirValidator;
import org.junit.jupiter.api.Test;

class DecisionDocumentTest {
    @Test
    void theReferenceValidatorFindsNoError() {
        assertThat(FhirValidator.errors(
                        Documents.decision("Stop gentamicin today.").bundle().toJson()))
                .isEmpty();
    }
}
