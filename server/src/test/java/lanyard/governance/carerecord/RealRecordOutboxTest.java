package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Composition.DocumentRelationshipType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// From what a clinician signs, by the outbox, to a FHIR server whose reading and writing of resources we did not
/// write. What it keeps, and that it keeps it once, is the test's own ([RealRecord], ADR 33).
class RealRecordOutboxTest {
    private static final String LATER = "Furosemide 20 mg once.";

    private final RealRecord real = new RealRecord();
    private final FhirSink sink = new FhirSink(real.address());
    private final TestRecord record = new TestRecord(sink);
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final EventId source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
    private final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");
    private int requests;

    @AfterEach
    void close() {
        http.close();
        record.close();
        sink.close();
        real.close();
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void aReplacementIsKeptBesideWhatItReplacesAndAcknowledged() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        var again = send(record.body(summary, source).put("replaces", id(sent)).put("summary", LATER));
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("waiting");

        record.careRecord.deliverDue();

        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(shown(again).get("status").stringValue()).isEqualTo("in_record");
        assertThat(compositions()).hasSize(2);
        var replacement = compositions().getLast();
        assertThat(replacement.getRelatesToFirstRep().getCode()).isEqualTo(DocumentRelationshipType.REPLACES);
        assertThat(replacement.getRelatesToFirstRep().getTargetIdentifier().getValue())
                .isEqualTo(compositions().getFirst().getIdentifier().getValue());
        assertThat(replacement.getStatus()).isEqualTo(CompositionStatus.FINAL);
        assertThat(words(replacement)).contains(LATER);
        assertThat(words(compositions().getFirst()))
                .contains(TestRecord.SUMMARY)
                .doesNotContain(LATER);
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void oneThatWasAboutTheWrongPatientIsMarkedInErrorAndAcknowledged() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        var asked = request().put("reason", "wrong_patient");
        assertThat(act(id(sent), "error", record.nurse, asked).status()).isEqualTo(201);

        record.careRecord.deliverDue();

        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(compositions()).hasSize(2);
        assertThat(compositions().getLast().getStatus()).isEqualTo(CompositionStatus.ENTEREDINERROR);
        assertThat(compositions().getLast().getRelatesToFirstRep().getCode())
                .isEqualTo(DocumentRelationshipType.REPLACES);
        assertThat(words(compositions().getLast())).contains("filed about the wrong patient");
    }

    @Test
    @Rule("G15")
    void aConfirmationIsAddedByWhoDecided() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(words(compositions().getFirst())).contains("They have not confirmed it.");
        assertThat(act(id(sent), "confirm", record.registrar, request()).status())
                .isEqualTo(201);

        record.careRecord.deliverDue();

        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(compositions().getLast().getRelatesToFirstRep().getCode())
                .isEqualTo(DocumentRelationshipType.APPENDS);
    }

    /// The decision, and then what replaces it: each was taken, and nobody heard of it.
    @Test
    @Hazard("H05")
    void whatWasTakenWithoutAWordIsThereOnceInTheEnd() {
        var sent = send(record.body(summary, source));
        isTakenWithoutAWord(sent, 1);
        var again = send(record.body(summary, source).put("replaces", id(sent)).put("summary", LATER));
        isTakenWithoutAWord(again, 2);
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
    }

    private void isTakenWithoutAWord(TestHttp.Answer sent, int documents) {
        real.answersAfterCreate(false);
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("waiting");
        assertThat(compositions()).hasSize(documents);
        real.answersAfterCreate(true);
        record.ward.clock.pass(Duration.ofMinutes(8));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(compositions()).hasSize(documents);
    }

    private List<Composition> compositions() {
        return real.documents().stream()
                .map(bundle -> (Composition) bundle.getEntryFirstRep().getResource())
                .toList();
    }

    private static String words(Composition composition) {
        return composition.getText().getDivAsString()
                + composition.getSection().stream()
                        .map(section -> section.getText().getDivAsString())
                        .toList();
    }

    private TestHttp.Answer send(ObjectNode body) {
        return http.post(
                "/_lanyard/v1/rooms/" + record.room.value() + "/decisions", record.token(record.pharmacist), body);
    }

    private ObjectNode request() {
        return Json.object().put("request_id", "f" + ++requests);
    }

    private TestHttp.Answer act(String id, String what, UserId by, ObjectNode body) {
        return http.post("/_lanyard/v1/decisions/" + id + "/" + what, record.token(by), body);
    }

    private static String id(TestHttp.Answer sent) {
        return sent.json().get("decision_id").stringValue();
    }

    private ObjectNode shown(TestHttp.Answer sent) {
        return http.get("/_lanyard/v1/decisions/" + id(sent), record.token(record.nurse))
                .json();
    }

    private JsonNode followUp(TestHttp.Answer sent) {
        var all = shown(sent).get("follow_ups");
        return all.get(all.size() - 1);
    }
}
