package lanyard.standards.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DocumentFactsTest {
    private static final Instant NOW = Instant.parse("2026-11-03T14:05:00Z");

    @Test
    void aFaithfulCopyDiffersInNothing() {
        assertThat(differences(document())).isEmpty();
    }

    @Test
    void aServerMayRewriteReferencesAddIdentifiersAndReflowTheWords() {
        var kept = parse(document()
                .toString()
                .replace("\"urn:uuid:2\"}", "\"Patient/77\"}")
                .replace("{\"resourceType\":\"Patient\"", "{\"resourceType\":\"Patient\",\"id\":\"77\"")
                .replace(
                        "\"identifier\":[{\"system\":\"https://fhir.nhs.uk",
                        "\"identifier\":[{\"system\":\"urn:mrn\",\"value\":\"1\"},{\"system\":\"https://fhir.nhs.uk")
                .replace("<p>Stop it.</p>", "\\n  <p>Stop\\n it.<!-- kept --></p>\\n"));
        assertThat(kept.toString()).contains("Patient/77").contains("urn:mrn");
        assertThat(differences(kept)).isEmpty();
    }

    @Test
    void anotherPatientIsSeen() {
        assertThat(differences(changed("9990000018", "9990000026"))).containsExactly("another patient");
    }

    @Test
    void aSecondNhsNumberIsAnotherPatient() {
        var number = "{\"system\":\"https://fhir.nhs.uk/Id/nhs-number\",\"value\":\"9990000018\"}";
        assertThat(differences(changed(number, number + "," + number.replace("18", "26"))))
                .containsExactly("another patient");
    }

    @Test
    void anotherAuthorIsSeen() {
        assertThat(differences(changed("A-1", "A-2"))).containsExactly("another author");
    }

    @Test
    void anotherPersonWhoDecidedIsSeen() {
        assertThat(differences(changed("D-1", "A-1"))).contains("another person who decided");
    }

    @Test
    void otherWordsAreSeen() {
        assertThat(differences(changed("Stop it.", "Do not stop it."))).containsExactly("other words");
        assertThat(differences(changed("<p>Stop it.</p>", "<p>Stop it.</p><script>x</script>")))
                .containsExactly("other words");
        assertThat(differences(changed("<p>Stop it.</p>", "<p>Stop it."))).containsExactly("other words");
    }

    @Test
    void aDocumentTypeInTheNarrativeIsNotFollowed() {
        var declaration = "<!DOCTYPE d [<!ENTITY x SYSTEM \\\"file:///etc/hostname\\\">]>";
        assertThat(differences(changed("<div xmlns", declaration + "<div xmlns")))
                .contains("other words");
        assertThat(differences(changed("Stop it.", "Stop&x;"))).contains("other words");
    }

    @Test
    void anythingElseIsDifferentThroughoutAndNeverAnException() {
        for (var other :
                List.of("{}", "{\"entry\":[]}", "{\"entry\":[7]}", "{\"entry\":{\"a\":1}}", "{\"entry\":[{}]}")) {
            assertThat(differences(parse(other))).hasSize(6);
        }
    }

    private static List<String> differences(ObjectNode kept) {
        return DocumentFacts.of(document()).differences(DocumentFacts.of(kept));
    }

    private static ObjectNode changed(String from, String to) {
        var text = document().toString();
        assertThat(text).contains(from);
        return parse(text.replace(from, to));
    }

    private static ObjectNode parse(String json) {
        return new JsonMapper().readTree(json) instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode document() {
        var composition = new Composition(
                Identifier.uri("urn:uuid:1"),
                Composition.Status.FINAL,
                Narrative.of(Narrative.Status.GENERATED, "About."),
                CodeableConcept.text("Decision"),
                Reference.to("urn:uuid:2"),
                NOW,
                List.of(Reference.to("urn:uuid:3")),
                "Decision",
                List.of(new Composition.Attester(NOW, Reference.to("urn:uuid:4"))),
                Reference.named("A trust"),
                List.of(),
                List.of(new Composition.Section(
                        "Decision", Narrative.of(Narrative.Status.ADDITIONAL, "Stop it."), List.of())));
        return new Bundle(
                        Identifier.uri("urn:uuid:0"),
                        NOW,
                        List.of(
                                new Bundle.Entry("urn:uuid:1", composition),
                                new Bundle.Entry(
                                        "urn:uuid:2",
                                        new Patient(
                                                List.of(new Identifier(Identifier.NHS_NUMBER, "9990000018")),
                                                new HumanName("Ada Example"),
                                                LocalDate.parse("1951-02-03"))),
                                new Bundle.Entry("urn:uuid:3", practitioner("A-1")),
                                new Bundle.Entry("urn:uuid:4", practitioner("D-1"))))
                .toJson();
    }

    private static Practitioner practitioner(String number) {
        return new Practitioner(List.of(new Identifier("urn:register", number)), new HumanName("Somebody"));
    }
}
