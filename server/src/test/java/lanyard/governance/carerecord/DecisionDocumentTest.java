package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.UUID;
import lanyard.standards.fhir.DocumentFacts;
import lanyard.standards.fhir.FhirValidator;
import lanyard.standards.fhir.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.node.ObjectNode;

class DecisionDocumentTest {
    private static final String ATTACK = "</p></div><script>alert(1)</script> & \"K+\" < 3.5\nsecond 'line' £ 5µg 😀";

    @Test
    void theReferenceValidatorFindsNoError() {
        assertThat(FhirValidator.errors(json("Stop gentamicin today."))).isEmpty();
    }

    @Test
    void theReferenceValidatorSeesWhatIsMissing() {
        var document = json("Stop gentamicin today.");
        ((ObjectNode) document.at("/entry/0/resource")).remove("status");
        assertThat(FhirValidator.errors(document)).isNotEmpty();
    }

    @Test
    void aDecisionWrittenByWhoTookItIsValidAndNamesThemOnce() {
        var alone = Documents.decision(
                Documents.ID, "Start enoxaparin.", Documents.HEALTHCARE_ASSISTANT, Documents.HEALTHCARE_ASSISTANT);
        assertThat(FhirValidator.errors(alone.bundle().toJson())).isEmpty();
        assertThat(alone.bundle().entry())
                .filteredOn(entry -> entry.resource() instanceof lanyard.standards.fhir.Practitioner)
                .hasSize(1);
    }

    @Test
    void whatPeopleWroteIsNeverMarkup() {
        var document = json(ATTACK);
        assertThat(FhirValidator.errors(document)).isEmpty();
        assertThat(document.at("/entry/0/resource/section/0/text/div").stringValue())
                .doesNotContain("<script")
                .contains("&lt;script&gt;");
        assertThat(DocumentFacts.of(document).text()).contains(ATTACK.replace('\n', ' '));
    }

    @Test
    void textThatXmlCannotCarryIsRefused() {
        assertThatThrownBy(() -> json("a\u0000b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> json(" \n ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameDecisionMakesTheSameBytes() {
        assertThat(json("Stop.").toString()).isEqualTo(json("Stop.").toString());
        assertThat(Documents.decision(UUID.randomUUID(), "Stop.", Documents.PHARMACIST, Documents.REGISTRAR)
                        .bundle()
                        .toJson())
                .isNotEqualTo(json("Stop."));
    }

    @Test
    void thePatientAuthorDeciderAndSourcesAreNamed() {
        var document = json("Stop.");
        var facts = DocumentFacts.of(document);
        assertThat(facts.identifier()).contains(Identifier.uri("urn:uuid:" + Documents.ID));
        assertThat(facts.patient()).containsExactly(new Identifier(Identifier.NHS_NUMBER, "9990000018"));
        assertThat(facts.author().getFirst())
                .contains(new Identifier("https://fhir.hl7.org.uk/Id/gphc-number", "2012345"));
        assertThat(facts.attester().getFirst())
                .contains(new Identifier("https://fhir.nhs.uk/Id/gmc-reference-number", "7012345"));
        assertThat(document.at("/entry/7/resource/entity/0/what/identifier/value")
                        .stringValue())
                .isEqualTo("matrix:roomid/room/e/event-1_a");
        assertThat(document.at("/entry/7/resource/entity/0/what/display").stringValue())
                .isEqualTo("SHA-256 " + "00".repeat(32));
    }

    @Test
    void nothingPersonalShowsInALog() {
        var document = Documents.decision("Stop gentamicin.");
        assertThat(document + " " + document.bundle() + document.patient()
                        + DocumentFacts.of(document.bundle().toJson()))
                .doesNotContain("9990000018", "Ada", "1951", "gentamicin", "2012345", "Okafor");
    }

    /// UK Core is not shipped: name its directory of profiles to check against it.
    @Test
    @EnabledIfEnvironmentVariable(
            named = "LANYARD_UK_CORE",
            matches = ".+",
            disabledReason = "UK Core profiles are not at hand: set LANYARD_UK_CORE")
    void theDocumentSatisfiesUkCore() {
        var directory = Path.of(System.getenv("LANYARD_UK_CORE"));
        var document = json("Stop gentamicin today.");
        var core = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-";
        for (var entry : document.path("entry")) {
            var resource = entry.path("resource");
            var type = resource.path("resourceType").stringValue();
            assertThat(FhirValidator.errors(resource, directory, core + type))
                    .as(type)
                    .isEmpty();
        }
        assertThat(FhirValidator.errors(document, directory, core + "Bundle")).isEmpty();
    }

    private static ObjectNode json(String summary) {
        return Documents.decision(summary).bundle().toJson();
    }
}
