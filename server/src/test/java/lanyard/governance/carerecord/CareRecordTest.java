package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.function.Consumer;
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
import tools.jackson.databind.node.ObjectNode;

class CareRecordTest {
    private final TestRecord record = new TestRecord();
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final EventId source = record.rooms.message(record.room, record.registrar, "Give furosemide 40?");
    private final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");

    @AfterEach
    void close() {
        http.close();
        record.close();
    }

    @Test
    @Rule("G15")
    void aDecisionWaitsAndThenIsInTheRecord() {
        var sent = send(record.body(summary, source));
        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.json().get("status").stringValue()).isEqualTo("waiting");
        record.careRecord.deliverDue();
        var decision = shown(sent);
        assertThat(decision.get("status").stringValue()).isEqualTo("in_record");
        assertThat(decision.get("reference").stringValue()).isEqualTo("Bundle/" + id(sent));
        assertThat(decision.get("originals_go_ts").longValue())
                .isEqualTo(record.ward.clock.millis() + TestRecord.GRACE.toMillis());
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", id(sent)))
                .hasSize(2)
                .first()
                .asString()
                .contains("waiting", source.value())
                .doesNotContain("urosemide", "9990000018");
    }

    @Test
    @Rule("G15")
    void theDocumentNamesPatientAuthorDeciderAndSourcesAndIsValid() {
        send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        var document = BoundedClient.json(record.stub.documents().getFirst()).orElseThrow();
        assertThat(FhirValidator.errors(document)).isEmpty();
        var facts = DocumentFacts.of(document);
        assertThat(facts.patient()).containsExactly(new Identifier(Identifier.NHS_NUMBER, "9990000018"));
        assertThat(facts.author().getFirst())
                .contains(new Identifier("https://fhir.hl7.org.uk/Id/gphc-number", "2012345"));
        assertThat(facts.text().orElseThrow())
                .contains(TestRecord.SUMMARY, "Dr Jo Smith, Medical registrar (GMC 7012345)");
        assertThat(document.toString())
                .contains("matrix:roomid/" + record.room.value().substring(1) + "/e/"
                        + source.value().substring(1));
    }

    @Test
    void theSameRequestIsTheSameDecision() {
        var body = record.body(summary, source);
        var first = send(body);
        record.careRecord.deliverDue();
        var again = send(body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.json().get("status").stringValue()).isEqualTo("in_record");
        record.careRecord.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", id(first)))
                .hasSize(2);
    }

    @Test
    void changedWordsUnderARequestThatWasSignedAreRefused() {
        var body = record.body(summary, source);
        var first = send(body);
        var changed = record.rooms.message(record.room, record.pharmacist, "sealed anew");
        var again = send(body.put("summary_event_id", changed.value()).put("summary", "Other words"));
        assertThat(again.errcode()).isEqualTo("M_BAD_STATE");
        assertThat(id(again)).isEqualTo(id(first));
        record.careRecord.deliverDue();
        assertThat(record.stub.documents()).hasSize(1);
        assertThat(new String(record.stub.documents().getFirst(), StandardCharsets.UTF_8))
                .doesNotContain("Other words");
    }

    @Test
    void theSummaryIsSealedWhileItWaitsAndGoneAfterwards() {
        var sent = send(record.body(summary, source));
        assertThat(dump()).contains(id(sent)).doesNotContain("Furosemide", hex("Furosemide"), "9990000018");
        assertThat(documents()).isEqualTo(1);
        record.careRecord.deliverDue();
        assertThat(documents()).isZero();
    }

    @Test
    void aDecisionIsRefusedWithoutAPatient() {
        var other = record.rooms.room("clinical", record.registrar, record.pharmacist);
        var there = record.rooms.message(other, record.registrar, "x");
        var mine = record.rooms.message(other, record.pharmacist, "x");
        var refused = http.post(
                "/_lanyard/v1/rooms/" + other.value() + "/decisions",
                record.token(record.pharmacist),
                record.body(mine, there));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errcode()).isEqualTo("M_BAD_STATE");
        assertThat(documents()).isZero();
    }

    @Test
    void messagesMustBeInTheRoomStillThereAndTheSummaryOnesOwn() {
        var other = record.rooms.room("clinical", record.registrar, record.pharmacist);
        var elsewhere = record.rooms.message(other, record.registrar, "x");
        refused(record.body(summary, elsewhere));
        refused(record.body(summary, source, new EventId("$nowhere")));
        refused(record.body(source, summary));
        refused(record.body(summary, summary));
        refused(record.body(summary, source, source));
        refused(record.body(summary));
        var state = record.rooms.timeline.getRoom(record.room).allState();
        refused(record.body(summary, state.iterator().next().id()));
        record.rooms.hide(record.room, record.registrar, source);
        refused(record.body(summary, source));
    }

    @Test
    void nonsenseIsRefused() {
        refused(body -> body.put("summary", " "));
        refused(body -> body.put("summary", "x".repeat(4001)));
        refused(body -> body.put("summary", "a\u0000b"));
        refused(body -> body.put("request_id", ""));
        refused(body -> body.put("decided_ts", -1));
        refused(body -> body.put("decided_ts", record.ward.clock.millis() + 600_000));
        refused(body -> body.put("decided_ts", "today"));
        refused(body -> body.put("source_event_ids", 7));
        refused(body -> body.put("patient_version", "1"));
        refused(body -> body.put("decider_user_id", record.stranger.value()));
        refused(body -> body.put("decider_user_id", "@nobody:ward.test"));
        refused(body -> body.put(
                "decider_user_id", TestIdentity.ORGANIZATION.custodian().value()));
    }

    @Test
    void c14WhoSignsForOnePatientDoesNotSignForAnother() {
        var ben = record.patients.register(
                TestIdentity.ORGANIZATION.odsCode(),
                new Patient("Ben Example", LocalDate.parse("1988-07-30"), NhsNumber.of("9990000026")));
        assertThat(send(record.body(summary, source).put("patient_version", 1)).status())
                .isEqualTo(201);
        record.link(record.room, ben);
        var refused = send(record.body(summary, source).put("patient_version", 1));
        assertThat(refused.errcode()).isEqualTo("M_BAD_STATE");
        assertThat(documents()).isEqualTo(1);
    }

    @Test
    void whoIsNotInTheRoomNeitherSendsNorSeesDecisions() {
        var sent = send(record.body(summary, source));
        var stranger = record.token(record.stranger);
        var path = "/_lanyard/v1/rooms/" + record.room.value() + "/decisions";
        assertThat(http.post(path, stranger, record.body(summary, source)).status())
                .isEqualTo(403);
        assertThat(http.get(path, stranger).text())
                .isEqualTo(http.get("/_lanyard/v1/rooms/!nowhere/decisions", stranger)
                        .text());
        for (var id : new String[] {id(sent), "5f0c4d0e-6b2a-4c38-9d5d-2f6f5a8f1f10", "x"}) {
            assertThat(http.get("/_lanyard/v1/decisions/" + id, stranger).status())
                    .isEqualTo(404);
            assertThat(http.post("/_lanyard/v1/decisions/" + id + "/query", stranger, Json.object())
                            .status())
                    .isEqualTo(404);
            assertThat(http.post("/_lanyard/v1/decisions/" + id + "/retry", stranger, Json.object())
                            .status())
                    .isEqualTo(404);
        }
        assertThat(http.get(path, null).status()).isEqualTo(401);
    }

    @Test
    void aRefusalShowsTheRecordsReasonAndCanBeRetried() {
        record.stub.is(Mood.REFUSES);
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("refused");
        assertThat(shown(sent).get("reason").stringValue()).contains("No patient 9990000018 here");
        assertThat(dump()).doesNotContain("9990000018", hex("9990000018"));
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", id(sent)))
                .last()
                .asString()
                .contains("refused")
                .doesNotContain("9990000018");
        record.careRecord.deliverDue();
        assertThat(record.stub.requests()).hasSize(1);

        record.stub.is(Mood.GOOD);
        assertThat(act(sent, "POST", "retry", record.nurse).status()).isEqualTo(200);
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(shown(sent).has("reason")).isFalse();
        assertThat(act(sent, "POST", "retry", record.nurse).errcode()).isEqualTo("M_BAD_STATE");
    }

    @Test
    @Hazard("H05")
    void aRecordThatLiesHasNotGotTheDecision() {
        record.stub.is(Mood.LIES_ABOUT_WORDS);
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("refused");
        assertThat(shown(sent).has("originals_go_ts")).isFalse();
        assertThat(documents()).isEqualTo(1);
    }

    @Test
    void aRecordThatIsDownIsTriedAgainLaterAndLater() {
        record.stub.is(Mood.UNAVAILABLE);
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        record.careRecord.deliverDue();
        assertThat(record.stub.requests()).hasSize(1);
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("waiting");
        assertThat(shown(sent).get("reason").stringValue()).isEqualTo("The health record answered 503.");
        record.ward.clock.pass(Duration.ofSeconds(8));
        record.careRecord.deliverDue();
        assertThat(record.stub.requests()).hasSize(2);
        record.stub.is(Mood.GOOD);
        record.ward.clock.pass(Duration.ofMinutes(8));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(record.stub.documents()).hasSize(1);
    }

    @Test
    void aRecordThatAcceptsAndThenHangsHasItOnceInTheEnd() {
        record.stub.is(Mood.ACCEPTS_THEN_HANGS);
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("waiting");
        record.stub.is(Mood.GOOD);
        record.ward.clock.pass(Duration.ofMinutes(8));
        record.careRecord.deliverDue();
        assertThat(shown(sent).get("status").stringValue()).isEqualTo("in_record");
        assertThat(record.stub.documents()).hasSize(1);
    }

    @Test
    void decisionsAboutOnePatientArriveInOrder() {
        record.stub.is(Mood.UNAVAILABLE);
        var first = send(record.body(summary, source));
        record.careRecord.deliverDue();
        var second = send(record.body(summary, source));
        record.stub.is(Mood.GOOD);
        record.careRecord.deliverDue();
        assertThat(shown(second).get("status").stringValue()).isEqualTo("waiting");
        record.ward.clock.pass(Duration.ofMinutes(8));
        record.careRecord.deliverDue();
        assertThat(shown(first).get("status").stringValue()).isEqualTo("in_record");
        assertThat(shown(second).get("status").stringValue()).isEqualTo("in_record");
        assertThat(record.stub.documents())
                .extracting(document -> BoundedClient.json(document)
                        .orElseThrow()
                        .at("/identifier/value")
                        .stringValue())
                .containsExactly("urn:uuid:" + id(first), "urn:uuid:" + id(second));
    }

    @Test
    @Rule("G15")
    void aSourceAuthorCanQueryAndWithdraw() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        assertThat(act(sent, "POST", "query", record.nurse).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(act(sent, "POST", "query", record.registrar).status()).isEqualTo(200);
        assertThat(act(sent, "POST", "query", record.registrar).status()).isEqualTo(200);
        assertThat(shown(sent).get("queried_by").toString()).isEqualTo("[\"" + record.registrar + "\"]");
        assertThat(shown(sent).get("kept_because").stringValue()).isEqualTo("query");
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", id(sent)))
                .hasSize(3);
        assertThat(act(sent, "DELETE", "query", record.registrar).status()).isEqualTo(200);
        assertThat(shown(sent).get("queried_by").isEmpty()).isTrue();
        assertThat(shown(sent).has("kept_because")).isFalse();
    }

    @Test
    void aHoldShows() {
        var sent = send(record.body(summary, source));
        record.careRecord.deliverDue();
        var hold = record.hold();
        assertThat(shown(sent).get("kept_because").stringValue()).isEqualTo("hold");
        record.holds.lift(hold, record.registrar, "answered");
        assertThat(shown(sent).has("kept_because")).isFalse();
    }

    private void refused(Consumer<ObjectNode> change) {
        var body = record.body(summary, source);
        change.accept(body);
        refused(body);
    }

    private void refused(ObjectNode body) {
        var before = documents();
        var answer = send(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("Furosemide");
        assertThat(documents()).isEqualTo(before);
    }

    private TestHttp.Answer send(ObjectNode body) {
        return http.post(
                "/_lanyard/v1/rooms/" + record.room.value() + "/decisions", record.token(record.pharmacist), body);
    }

    private static String id(TestHttp.Answer sent) {
        return sent.json().get("decision_id").stringValue();
    }

    private ObjectNode shown(TestHttp.Answer sent) {
        var token = record.token(record.nurse);
        var one = http.get("/_lanyard/v1/decisions/" + id(sent), token).json();
        var listed = http.get("/_lanyard/v1/rooms/" + record.room.value() + "/decisions", token)
                .json()
                .get("decisions");
        assertThat(listed).contains(one);
        return one;
    }

    private TestHttp.Answer act(TestHttp.Answer sent, String method, String what, UserId by) {
        return http.send(
                method,
                "/_lanyard/v1/decisions/" + id(sent) + "/" + what,
                record.token(by),
                method.equals("POST") ? Json.bytes(Json.object()) : null);
    }

    private long documents() {
        return record.ward.database.read(tx -> tx.query("select count(*) from decision where document is not null")
                .mapTo(Long.class)
                .one());
    }

    private String dump() {
        return record.ward
                .database
                .read(tx -> tx.query("select decision::text from decision")
                        .mapTo(String.class)
                        .list())
                .toString();
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
