package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// A health record with no interface: somebody copies, and vouches for it.
class PastingTest {
    private final TestRecord record = new TestRecord(new PasteSink());
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
    @Hazard("H06")
    void nobodyPastesAPictureSoNoDecisionTakesOneAndNoCopyStays() {
        var room = "/_lanyard/v1/rooms/" + record.room.value();
        var token = record.token(record.pharmacist);
        var jpeg = new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};
        assertThat(http.send("PUT", room + "/decision-images/aPicture", token, jpeg)
                        .status())
                .isEqualTo(200);
        var body = record.body(summary, source);
        body.putArray("image_media_ids").add("aPicture");
        assertThat(http.post(room + "/decisions", token, body).errcode()).isEqualTo("M_INVALID_PARAM");
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.ward.database.write(tx -> tx.update("update decision_image set decision_id = :id")
                .bind("id", id)
                .execute());
        record.careRecord.pictures().sweep();
        assertThat(copies()).isZero();
    }

    private long copies() {
        return record.ward.database.read(tx -> tx.query("select count(*) from decision_image where blob is not null")
                .mapTo(Long.class)
                .one());
    }

    @Test
    @Rule("G15")
    @Hazard("H05")
    void somebodyCopiesItSaysWhereItIsAndTheGracePeriodBegins() {
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(shown(id).get("status").stringValue()).isEqualTo("to_paste");
        record.ward.clock.pass(TestRecord.GRACE.multipliedBy(2));
        assertThat(isReleased(id)).isFalse();

        var text = http.get("/_lanyard/v1/decisions/" + id + "/paste", record.token(record.nurse));
        assertThat(text.json().get("text").stringValue())
                .contains("Ada Example", "9990000018", TestRecord.SUMMARY, "They have not confirmed it.");
        assertThat(pasted(id, record.nurse, " ").errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(pasted(id, record.nurse, "a\nb").errcode()).isEqualTo("M_INVALID_PARAM");
        assertThat(pasted(id, record.stranger, "EPR 4711").errcode()).isEqualTo("M_NOT_FOUND");
        assertThat(pasted(id, record.pharmacist, " EPR 4711 ").status()).isEqualTo(200);
        assertThat(shown(id).get("status").stringValue()).isEqualTo("pasted");
        assertThat(shown(id).get("reference").stringValue()).isEqualTo("EPR 4711");
        assertThat(shown(id).get("pasted_by").stringValue()).isEqualTo(record.pharmacist.value());
        assertThat(shown(id).get("originals_go_ts").longValue())
                .isEqualTo(record.ward.clock.millis() + TestRecord.GRACE.toMillis());
        assertThat(pasted(id, record.pharmacist, "EPR 4711").errcode()).isEqualTo("M_BAD_STATE");
        assertThat(http.get("/_lanyard/v1/decisions/" + id + "/paste", record.token(record.nurse))
                        .errcode())
                .isEqualTo("M_BAD_STATE");
        assertThat(isReleased(id)).isFalse();
        record.ward.clock.pass(TestRecord.GRACE);
        assertThat(isReleased(id)).isTrue();
    }

    @Test
    void vouchingAsksForFreshProof() {
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.token(record.nurse);
        record.ward.clock.pass(Duration.ofMinutes(16));
        assertThat(pasted(id, record.nurse, "EPR 4711").errcode()).isEqualTo("ORG_LANYARD_STEP_UP");
    }

    @Test
    void whoMayNotSeeTheDecisionMayNotCopyIt() {
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(http.get("/_lanyard/v1/decisions/" + id + "/paste", record.token(record.stranger))
                        .errcode())
                .isEqualTo("M_NOT_FOUND");
    }

    private boolean isReleased(String id) {
        return record.ward.database.write(tx -> record.careRecord
                .lockForDisposal(tx, UUID.fromString(id), record.ward.clock.instant())
                .isPresent());
    }

    private TestHttp.Answer pasted(String id, UserId by, String reference) {
        return http.post(
                "/_lanyard/v1/decisions/" + id + "/pasted",
                record.token(by),
                Json.object().put("reference", reference));
    }

    private ObjectNode shown(String id) {
        return http.get("/_lanyard/v1/decisions/" + id, record.token(record.nurse))
                .json();
    }
}
