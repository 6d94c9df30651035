package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lanyard.platform.blob.Blobs;
import lanyard.platform.http.TestHttp;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.standards.fhir.DocumentReference;
import lanyard.standards.fhir.FhirValidator;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.hl7.fhir.r4.model.Composition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pictures that go to the record with a decision, over HAPI.
class DecisionImagesTest {
    private static final String MEDIA = "aPictureOfAWound";
    private static final byte[] PICTURE = "\u0089PNG\r\n\u001a\nthe wound itself".getBytes(StandardCharsets.ISO_8859_1);

    private final RealRecord real = new RealRecord();
    private final FhirSink sink = new FhirSink(real.address());
    private final TestRecord record = new TestRecord(sink);
    private final TestHttp http = TestHttp.serving(record.careRecord);
    private final EventId source = record.rooms.message(record.room, record.registrar, "sealed picture");
    private final EventId summary = record.rooms.message(record.room, record.pharmacist, "sealed");
    private final List<String> told = new ArrayList<>();

    DecisionImagesTest() {
        record.careRecord.tells((commit, media, by, reference) -> told.add(media + " " + by + " " + reference));
    }

    @AfterEach
    void close() {
        http.close();
        record.close();
        sink.close();
        real.close();
    }

    private TestHttp.Answer put(UserId by, byte[] picture) {
        var path = "/_lanyard/v1/rooms/" + record.room.value() + "/decision-images/" + MEDIA;
        return http.send("PUT", path, record.token(by), picture);
    }

    private ObjectNode body() {
        var body = record.body(summary, source);
        body.putArray("image_media_ids").add(MEDIA);
        return body;
    }

    private TestHttp.Answer sign(ObjectNode body) {
        return http.post(
                "/_lanyard/v1/rooms/" + record.room.value() + "/decisions", record.token(record.pharmacist), body);
    }

    private JsonNode shown(TestHttp.Answer signed) {
        var id = signed.json().path("decision_id").asString("");
        return http.get("/_lanyard/v1/decisions/" + id, record.token(record.nurse))
                .json();
    }

    private long count(String where) {
        return record.ward.database.read(tx -> tx.query("select count(*) from decision_image where " + where)
                .mapTo(Long.class)
                .one());
    }

    @Test
    @Rule("G15")
    @Hazard("H06")
    void thePictureIsInTheRecordReadBackNamedByTheDecisionAndOnlyThenIsItSaidSo() {
        assertThat(put(record.pharmacist, PICTURE).status()).isEqualTo(200);
        var signed = sign(body());
        assertThat(signed.status()).isEqualTo(201);
        assertThat(shown(signed).path("images").path(0).has("reference")).isFalse();
        assertThat(told).isEmpty();

        record.careRecord.deliverDue();

        assertThat(shown(signed).path("status").asString("")).isEqualTo("in_record");
        assertThat(shown(signed).path("images").toString())
                .isEqualTo("[{\"media_id\":\"" + MEDIA + "\",\"reference\":\"DocumentReference/1\"}]");
        assertThat(told).containsExactly(MEDIA + " " + record.pharmacist + " DocumentReference/1");
        var kept = real.pictures().getFirst();
        assertThat(kept.getContentFirstRep().getAttachment().getData()).isEqualTo(PICTURE);
        assertThat(kept.getSubject().getIdentifier().getValue()).isEqualTo("9990000018");
        var composition =
                (Composition) real.documents().getFirst().getEntryFirstRep().getResource();
        assertThat(composition.getSection())
                .extracting(section -> section.getText().getDivAsString())
                .anyMatch(words -> words.contains(kept.getIdentifierFirstRep().getValue()));
        assertThat(count("blob is not null")).isOne();
        record.careRecord.pictures().sweep();
        assertThat(count("blob is not null")).isZero();
        assertThat(count("document is not null")).isZero();
    }

    @Test
    @Rule("G15")
    @Hazard("H06")
    void aRecordThatKeepsAnotherPictureHasNeitherItNorTheDecision() {
        real.shrinksPictures();
        put(record.pharmacist, PICTURE);
        var signed = sign(body());
        record.careRecord.deliverDue();
        assertThat(shown(signed).path("status").asString("")).isEqualTo("refused");
        assertThat(shown(signed).path("reason").asString("")).contains("another picture");
        assertThat(told).isEmpty();
        assertThat(real.documents()).isEmpty();
        record.careRecord.pictures().sweep();
        assertThat(count("blob is not null")).as("for another try").isOne();
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void aCopyThatIsGoneIsForAPersonAndHoldsUpNobody() {
        put(record.pharmacist, PICTURE);
        var signed = sign(body());
        record.ward.database.write(
                tx -> tx.update("update decision_image set blob = null").execute());
        var next = record.rooms.message(record.room, record.pharmacist, "sealed too");
        var later = record.decide(next, source);
        record.careRecord.deliverDue();
        assertThat(shown(signed).path("status").asString("")).isEqualTo("refused");
        assertThat(http.get("/_lanyard/v1/decisions/" + later, record.token(record.nurse))
                        .json()
                        .path("status")
                        .asString(""))
                .isEqualTo("in_record");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsNoPictureIsTooLargeOrWasNeverPutIsRefused() {
        assertThat(put(record.stranger, PICTURE).errcode()).isEqualTo("M_FORBIDDEN");
        assertThat(put(record.pharmacist, "<script>".getBytes(StandardCharsets.UTF_8))
                        .errcode())
                .isEqualTo("M_INVALID_PARAM");
        assertThat(put(record.pharmacist, new byte[DecisionImages.LARGEST + 1]).status())
                .isEqualTo(413);
        assertThat(sign(body()).errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(put(record.nurse, PICTURE).status()).isEqualTo(200);
        assertThat(sign(body()).errcode()).as("somebody else's copy").isEqualTo("M_INVALID_PARAM");
        var twice = body();
        twice.putArray("image_media_ids").add(MEDIA).add(MEDIA);
        assertThat(sign(twice).errcode()).isEqualTo("M_INVALID_PARAM");
    }

    @Test
    @Rule("G16")
    void aCopyThatNobodySignsForGoesAfterADay() {
        put(record.pharmacist, PICTURE);
        record.ward.database.write(
                tx -> tx.update("update decision_image set uploaded_ts = uploaded_ts - 24 * 60 * 60 * 1000 - 1")
                        .execute());
        record.careRecord.pictures().sweep();
        assertThat(count("true"))
                .as("who began to sign in time may be under way")
                .isOne();
        assertThat(sign(body()).errcode()).as("nobody begins now").isEqualTo("M_INVALID_PARAM");
        record.ward.clock.pass(Duration.ofHours(1));
        record.careRecord.pictures().sweep();
        assertThat(count("true")).isZero();
    }

    @Test
    @Rule("G16")
    void aCopyWhoseProcessDiedIsSignedForByNobodyAndGoesToo() {
        put(record.pharmacist, PICTURE);
        var blob = record.ward.database.read(tx ->
                tx.query("select blob from decision_image").mapTo(String.class).one());
        record.ward.database.write(
                tx -> tx.update("update decision_image set whole = false").execute());
        assertThat(sign(body()).errcode()).isEqualTo("M_INVALID_PARAM");
        record.ward.clock.pass(Duration.ofHours(26));
        record.careRecord.pictures().sweep();
        assertThat(count("true")).isZero();
        assertThatThrownBy(() -> record.ward.keys.find(new KeyName(Blobs.SCOPE, blob)))
                .isInstanceOf(DestroyedKeyException.class);
    }

    @Test
    void whoHasPutTooManyPicturesIsRefusedBeforeACopyIsMade() {
        for (int i = 0; i < 20; i++) {
            assertThat(put(record.pharmacist, PICTURE).status()).isEqualTo(200);
        }
        assertThat(put(record.pharmacist, PICTURE).errcode()).isEqualTo("M_LIMIT_EXCEEDED");
        assertThat(count("whole")).isEqualTo(20);
        assertThat(count("true")).isEqualTo(20);
        assertThat(put(record.nurse, PICTURE).status()).isEqualTo(200);
    }

    @Test
    void whatIsPutForTheRecordIsADocumentThatFhirKnows() {
        put(record.pharmacist, PICTURE);
        var signed = sign(body());
        var image = record.careRecord
                .pictures()
                .listOpen(
                        "TEST1",
                        UUID.fromString(signed.json().path("decision_id").asString("")))
                .getFirst();
        var document = DocumentReference.carrying(image.document(), image.bytes());
        assertThat(FhirValidator.errors(document)).isEmpty();
        assertThat(image.toString()).doesNotContain("9990000018");
    }
}
