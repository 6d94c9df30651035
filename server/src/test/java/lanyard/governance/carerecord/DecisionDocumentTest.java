package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import lanyard.standards.fhir.DocumentFacts;
import lanyard.standards.fhir.DocumentText;
import lanyard.standards.fhir.FhirValidator;
import lanyard.standards.fhir.Identifier;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.Test;
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
        assertThat(DocumentFacts.of(document).text().orElseThrow()).contains(ATTACK.replace('\n', ' '));
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
        assertThat(facts.attester()).isEqualTo(facts.author());
        assertThat(facts.text().orElseThrow())
                .contains("Dr Jo Smith, Medical registrar (GMC 7012345)", "have not confirmed");
        assertThat(document.at("/entry/7/resource/entity/0/what/identifier/value")
                        .stringValue())
                .isEqualTo("matrix:roomid/room/e/event-1_a");
        assertThat(document.at("/entry/7/resource/entity/0/what/display").stringValue())
                .isEqualTo("SHA-256 " + "00".repeat(32));
    }

    @Test
    @Rule("G15")
    void whoAdvisedIsNamedWithTheirRegistration() {
        var document = Documents.advised("Stop.", Documents.HEALTHCARE_ASSISTANT)
                .bundle()
                .toJson();
        assertThat(FhirValidator.errors(document)).isEmpty();
        assertThat(DocumentFacts.of(document).text().orElseThrow()).contains("Advised by Lee Park.");
        var known = Documents.advised("Stop.", Documents.REGISTRAR);
        assertThat(DocumentFacts.of(known.bundle().toJson()).text().orElseThrow())
                .contains("Advised by Dr Jo Smith, Medical registrar (GMC 7012345).");
        assertThat(FhirValidator.errors(known.bundle().toJson())).isEmpty();
    }

    @Test
    @Rule("G15")
    void whoWasToldIsACommunicationThatSaysNoMoreThanTheDecision() {
        var document = Documents.told("Stop.", 0).bundle().toJson();
        assertThat(FhirValidator.errors(document)).isEmpty();
        var last = document.path("entry").path(document.path("entry").size() - 1);
        var told = last.path("resource");
        assertThat(told.path("resourceType").stringValue()).isEqualTo("Communication");
        assertThat(told.path("payload"))
                .singleElement()
                .satisfies(payload -> assertThat(
                                payload.at("/contentReference/reference").stringValue())
                        .isEqualTo(document.at("/entry/0/fullUrl").stringValue()));
        assertThat(told.at("/sender")).isEqualTo(document.at("/entry/0/resource/author/0"));
        assertThat(told.at("/subject")).isEqualTo(document.at("/entry/0/resource/subject"));
        assertThat(told.path("sent").stringValue()).isEqualTo("2026-11-03T14:07:10.250Z");
        assertThat(told.at("/recipient/0/reference").stringValue())
                .isEqualTo(document.at("/entry/3/fullUrl").stringValue());
        assertThat(told.at("/recipient/1/display").stringValue()).isEqualTo("Lee Park");
        assertThat(told.at("/recipient/1/identifier/value").stringValue())
                .isEqualTo("matrix:u/lee.park%3Ademo.example");
        assertThat(document.at("/entry/0/resource/section/1/entry/0/reference")).isEqualTo(last.path("fullUrl"));
        assertThat(DocumentFacts.of(document).text().orElseThrow())
                .contains(
                        "Sent in the conversation on 3 November 2026 at 14:07 GMT to:", "Lee Park", "is not said here")
                .doesNotContain("others");
        assertThat(DocumentFacts.of(Documents.told("Stop.", 12).bundle().toJson())
                        .text()
                        .orElseThrow())
                .contains("and 12 others of the conversation.");
        assertThat(json("Stop.").toString()).doesNotContain("Communication", "Who was told");
    }

    @Test
    void theReferenceValidatorSeesACommunicationWithoutItsStatus() {
        var document = Documents.told("Stop.", 0).bundle().toJson();
        ((ObjectNode) document.path("entry")
                        .path(document.path("entry").size() - 1)
                        .path("resource"))
                .remove("status");
        assertThat(FhirValidator.errors(document)).isNotEmpty();
    }

    @Test
    void whatFollowsADecisionNamesItAndIsValid() {
        var earlier = UUID.fromString("0b7cb2b5-6f0f-4e6e-8a51-4a9a40a6d0f4");
        for (var kind : List.of(EntryKind.REPLACEMENT, EntryKind.ERROR, EntryKind.CONFIRMATION)) {
            var document = Documents.about(kind, earlier, "Words.").bundle().toJson();
            assertThat(FhirValidator.errors(document)).as(kind.word()).isEmpty();
            var first = Documents.decision(earlier, "Stop.", Documents.REGISTRAR, Documents.REGISTRAR)
                    .bundle()
                    .toJson();
            var facts = DocumentFacts.of(document);
            assertThat(facts.relations())
                    .singleElement()
                    .satisfies(relation -> assertThat(relation.code())
                            .isEqualTo(kind == EntryKind.CONFIRMATION ? "appends" : "replaces"))
                    .satisfies(relation -> assertThat(relation.target().value())
                            .isEqualTo(first.at("/entry/0/resource/identifier/value")
                                    .stringValue()));
            assertThat(facts.status()).contains(kind == EntryKind.ERROR ? "entered-in-error" : "final");
        }
    }

    @Test
    void theWordsToPasteAreWholeAndNeverMarkup() {
        var text = DocumentText.of(json("Stop <b>gentamicin</b> & review.\nLevel at 8."));
        assertThat(text.lines())
                .contains("Ada Example", "Born 1951-02-03", "9990000018", "Decision:")
                .contains("Stop <b>gentamicin</b> & review.", "Level at 8.")
                .anyMatch(line -> line.startsWith("Written for the record by Sam Okafor, Ward pharmacist (GPhC"));
    }

    @Test
    void nothingPersonalShowsInALog() {
        var document = Documents.decision("Stop gentamicin.");
        assertThat(document + " " + document.bundle() + document.patient()
                        + DocumentFacts.of(document.bundle().toJson()))
                .doesNotContain("9990000018", "Ada Example", "1951-02-03", "gentamicin", "2012345", "Okafor");
    }

    /// UK Core is not shipped: its profiles are used where they lie beside the project, or where LANYARD_UK_CORE says.
    @Test
    void theDocumentsSatisfyUkCore() {
        var directory = Path.of(Objects.requireNonNullElse(
                System.getenv("LANYARD_UK_CORE"), "../../shared/uk-core/structuredefinitions"));
        assumeTrue(Files.isDirectory(directory), "UK Core's profiles are not at hand: set LANYARD_UK_CORE");
        satisfiesUkCore(directory, json("Stop gentamicin today."));
        satisfiesUkCore(directory, Documents.told("Stop.", 0).bundle().toJson());
        satisfiesUkCore(
                directory,
                Documents.about(EntryKind.ERROR, UUID.randomUUID(), "Words.")
                        .bundle()
                        .toJson());
    }

    /// Each part says which profile it is of, so that one look at the whole checks all of them.
    private static void satisfiesUkCore(Path directory, ObjectNode document) {
        var core = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-";
        for (var entry : document.path("entry")) {
            var resource = (ObjectNode) entry.path("resource");
            resource.putObject("meta")
                    .putArray("profile")
                    .add(core + resource.path("resourceType").stringValue());
        }
        assertThat(FhirValidator.errors(document, directory, core + "Bundle")).isEmpty();
    }

    private static ObjectNode json(String summary) {
        return Documents.decision(summary).bundle().toJson();
    }
}
