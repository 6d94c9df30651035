package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import lanyard.governance.carerecord.FhirStub.Mood;
import lanyard.messaging.patient.Patient;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.fhir.DocumentFacts;
import lanyard.standards.fhir.FhirValidator;
import lanyard.standards.fhir.Identifier;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.standards.nhs.NhsNumber;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is said about a decision after it was signed, and what is asked of whoever says it.
class FollowUpsTest {
    private final TestRecord record = new TestRecord();
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final EventId source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
    private final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");
    private int requests;

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    @Test
    @Rule("G15")
    void whoAdvisedGoesToTheRecordWithTheirRegistration() {
        var sent = send(record.body(summary, source).put("adviser_user_id", record.stranger.value()));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("adviser_user_id").stringValue()).isEqualTo(record.stranger.value());
        assertThat(state(sent).get("adviser").stringValue()).isEqualTo(record.stranger.value());
        assertThat(lastFacts().text().orElseThrow()).contains("Advised by Kim Away, Nurse (NMC 18A0002E).");
        for (var nobody : new String[] {
            "@nobody:ward.test", TestIdentity.ORGANIZATION.custodian().value()
        }) {
            var refused = send(record.body(summary, source).put("adviser_user_id", nobody));
            assertThat(refused.errcode()).isEqualTo("M_INVALID_PARAM");
        }
    }

    @Test
    @Rule("G15")
    void signingAsksForProofOfTheLastQuarterOfAnHour() {
        record.token(record.pharmacist);
        record.ward.clock.pass(Duration.ofMinutes(14));
        var body = record.body(summary, source);
        assertThat(send(body).status()).isEqualTo(201);
        record.ward.clock.pass(Duration.ofMinutes(2));
        assertThat(send(record.body(summary, source)).errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
        assertThat(send(body).status()).as("what was signed before").isEqualTo(201);
        record.careRecord.deliverDue();
        var id = id(send(body));
        assertThat(error(id, record.pharmacist, "duplicate").errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
    }

    @Test
    @Rule("G15")
    void aDecisionOfSomebodyElsesIsUnconfirmedUntilTheyConfirm() {
        var sent = send(record.body(summary, source));
        assertThat(shown(sent).get("confirmed").booleanValue()).isFalse();
        assertThat(state(sent).get("confirmed").booleanValue()).isFalse();
        record.careRecord.deliverDue();
        assertThat(lastFacts().text().orElseThrow()).contains("They have not confirmed it.");
        assertThat(lastFacts().attester()).isEqualTo(lastFacts().author());

        assertThat(confirm(id(sent), record.nurse).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(confirm(id(sent), record.registrar).status()).isEqualTo(201);
        assertThat(shown(sent).get("confirmed").booleanValue()).isTrue();
        assertThat(state(sent).get("confirmed").booleanValue()).isTrue();
        assertThat(confirm(id(sent), record.registrar).errcode()).isEqualTo("M_BAD_STATE");
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(FhirValidator.errors(last())).isEmpty();
        assertThat(lastFacts().relations())
                .extracting(DocumentFacts.Relation::code)
                .containsExactly("appends");
        assertThat(lastFacts().attester().getFirst())
                .contains(new Identifier("https://fhir.nhs.uk/Id/gmc-reference-number", "7012345"));
    }

    @Test
    void aConfirmationWaitsForItsDecisionAndHoldsNobodyUp() {
        record.stub.is(Mood.REFUSES);
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        confirm(id(sent), record.registrar);
        record.stub.is(Mood.GOOD);
        var next = send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(shown(next).get("status").stringValue()).isEqualTo("in_record");
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("waiting");
        http.post("/_lanyard/v1/decisions/" + id(sent) + "/retry", record.token(record.nurse), Json.object());
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
    }

    @Test
    void oneWhoDecidedAndWroteNeedsNoConfirmation() {
        var body = record.body(summary, source).put("decider_user_id", record.pharmacist.value());
        assertThat(shown(send(body)).get("confirmed").booleanValue()).isTrue();
    }

    @Test
    void whoIsSaidToHaveDecidedCanQuery() {
        var other = record.rooms.message(record.room, record.nurse, "x");
        var sent = send(record.body(summary, other));
        assertThat(act(id(sent), "query", record.registrar, Json.object()).status())
                .isEqualTo(200);
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void aFiledDecisionIsReplaced() {
        var sent = send(record.body(summary, source));
        var early = send(record.body(summary, source).put("replaces", id(sent)));
        assertThat(early.errcode()).isEqualTo("M_BAD_STATE");
        record.careRecord.deliverDue();
        var body = record.body(summary).put("replaces", id(sent)).put("summary", "Furosemide 20 mg once.");
        var again = send(body);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("waiting");
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(shown(again).get("about").stringValue()).isEqualTo(id(sent));
        assertThat(state(sent).at("/corrected_by/kind").stringValue()).isEqualTo("replacement");
        assertThat(state(sent).at("/corrected_by/status").stringValue()).isEqualTo("in_record");
        assertThat(state(again).get("replaces").stringValue()).isEqualTo(id(sent));
        assertThat(FhirValidator.errors(last())).isEmpty();
        assertThat(lastFacts().relations())
                .extracting(DocumentFacts.Relation::code)
                .containsExactly("replaces");
        assertThat(send(record.body(summary, source).put("replaces", id(sent))).errcode())
                .isEqualTo("M_BAD_STATE");
        assertThat(send(record.body(summary, source).put("replaces", UUID.randomUUID() + ""))
                        .errcode())
                .isEqualTo("M_NOT_FOUND");
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void aDecisionAboutTheWrongPatientIsMarkedInTheirRecordWhoeverIsLinkedNow() {
        var early = send(record.body(summary, source));
        assertThat(error(id(early), record.pharmacist, "wrong_patient").status())
                .isEqualTo(201);
        record.careRecord.deliverDue();
        assertThat(record.stub.documents()).as("withdrawn in time").isEmpty();
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        var ben = record.patients.register(
                TestIdentity.ORGANIZATION.odsCode(),
                new Patient("Ben Example", LocalDate.parse("1988-07-30"), NhsNumber.of("9990000026")));
        record.link(record.room, ben);
        assertThat(send(record.body(summary, source).put("replaces", id(sent))).errcode())
                .isEqualTo("M_BAD_STATE");
        assertThat(error(id(sent), record.nurse, "wrong").errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(error(id(sent), record.nurse, "other").errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(error(id(sent), record.stranger, "wrong_patient").errcode()).isEqualTo("M_NOT_FOUND");
        var marked = error(id(sent), record.nurse, "wrong_patient");
        assertThat(marked.status()).as(marked.text()).isEqualTo(201);
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(followUp(sent).get("error_reason").stringValue()).isEqualTo("wrong_patient");
        assertThat(FhirValidator.errors(last())).isEmpty();
        assertThat(lastFacts().status()).contains("entered-in-error");
        assertThat(lastFacts().patient()).containsExactly(new Identifier(Identifier.NHS_NUMBER, "9990000018"));
        assertThat(lastFacts().text().orElseThrow()).contains("filed about the wrong patient");
        assertThat(error(id(sent), record.nurse, "duplicate").errcode()).isEqualTo("M_BAD_STATE");
        assertThat(confirm(id(sent), record.registrar).errcode()).isEqualTo("M_BAD_STATE");
    }

    /// Whoever has it on their worklist need not know that it was about the wrong patient.
    @Test
    @Rule("G15")
    @Hazard("H05")
    void whatTheRecordRefusedAndSomebodyMarkedInErrorIsNeverSentAgain() {
        record.stub.is(Mood.REFUSES);
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        record.stub.is(Mood.GOOD);
        assertThat(listed()).isEqualTo(1);
        assertThat(error(id(sent), record.pharmacist, "wrong_patient").status()).isEqualTo(201);
        assertThat(listed()).isZero();
        assertThat(act(id(sent), "retry", record.nurse, Json.object()).errcode())
                .isEqualTo("M_BAD_STATE");
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(act(id(sent), "retry", record.nurse, Json.object()).errcode())
                .isEqualTo("M_BAD_STATE");
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("refused");
    }

    private int listed() {
        return http.get("/_lanyard/v1/worklist/decisions", record.token(record.registrar))
                .json()
                .get("decisions")
                .size();
    }

    @Test
    @Hazard("H04")
    void theMessagesOfAWithdrawnDecisionStayUntilAnotherHasThem() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        error(id(sent), record.pharmacist, "wrong_words");
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE.plusMinutes(1));
        assertThat(released(sent)).isFalse();
        assertThat(shown(sent).get("kept_because").stringValue()).isEqualTo("entered_in_error");
        var right = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE.plusMinutes(1));
        assertThat(released(right)).isTrue();
        boolean awaited = record.ward.database.read(tx -> record.careRecord.isAwaited(tx, record.room));
        assertThat(awaited).as("only the right one, which is due").isTrue();
    }

    @Test
    @Hazard("H05")
    void aRecordThatLiesAboutACorrectionHasNotGotIt() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        record.stub.is(Mood.IGNORES_CORRECTIONS);
        error(id(sent), record.pharmacist, "not_decided");
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("refused");
        record.stub.is(Mood.GOOD);
        var again = act(followUp(sent).get("decision_id").stringValue(), "retry", record.nurse, Json.object());
        assertThat(again.status()).isEqualTo(200);
        record.careRecord.deliverDue();
        assertThat(followUp(sent).get("status").stringValue()).isEqualTo("in_record");
    }

    private boolean released(TestHttp.Answer sent) {
        return released(id(sent));
    }

    private boolean released(String id) {
        return record.ward.database.write(tx -> record.careRecord
                .lockForDisposal(tx, UUID.fromString(id), record.ward.clock.instant())
                .isPresent());
    }

    private TestHttp.Answer send(ObjectNode body) {
        return http.post(
                "/_lanyard/v1/rooms/" + record.room.value() + "/decisions", record.token(record.pharmacist), body);
    }

    private TestHttp.Answer error(String id, UserId by, String reason) {
        return act(id, "error", by, request().put("reason", reason));
    }

    private TestHttp.Answer confirm(String id, UserId by) {
        return act(id, "confirm", by, request());
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

    private JsonNode state(TestHttp.Answer sent) {
        var states = record.rooms.state(record.room, "org.lanyard.decision", id(sent));
        return BoundedClient.json(states.getLast().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private JsonNode last() {
        return BoundedClient.json(record.stub.documents().getLast()).orElseThrow();
    }

    private DocumentFacts lastFacts() {
        return DocumentFacts.of(last());
    }
}
