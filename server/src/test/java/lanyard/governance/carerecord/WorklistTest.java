package lanyard.governance.carerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import lanyard.governance.carerecord.FhirStub.Mood;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.Duty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A decision that does not reach the record is not forgotten.
class WorklistTest {
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
    @Hazard("H05")
    void whatIsNotInTheRecordAfterThePolicysHoursIsTaggedRemindedOfAndThenTheLeads() {
        record.stub.is(Mood.UNAVAILABLE);
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        pass(Duration.ofHours(4).minusSeconds(1));
        assertThat(lastState(id)).doesNotContain("overdue", "m.mentions");
        pass(Duration.ofSeconds(1));
        assertThat(lastState(id))
                .contains("\"overdue\":true", "m.mentions", record.registrar.value(), record.pharmacist.value());
        var told = record.rooms.state(record.room, "org.lanyard.decision", id).size();
        pass(Duration.ofMinutes(1));
        assertThat(record.rooms.state(record.room, "org.lanyard.decision", id)).hasSize(told);
        assertThat(list(record.registrar)).isEmpty();
        pass(Overdue.TO_THE_LEAD);
        var listed = list(record.registrar);
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("decision_id").stringValue()).isEqualTo(id);
        assertThat(listed.get(0).has("overdue_ts")).isTrue();
        assertThat(listed.toString()).doesNotContain("urosemide", "9990000018");

        record.stub.is(Mood.GOOD);
        record.careRecord.deliverDue();
        assertThat(lastState(id)).contains("in_record").doesNotContain("overdue", "m.mentions");
        assertThat(list(record.registrar)).isEmpty();
    }

    /// An organisation that has an interface now may have left many in its folder.
    @Test
    @Rule("G15")
    @Hazard("H05")
    void whatTheRecordRefusedIsNotHiddenBehindAllThatLiesInAFolder() {
        record.decide(summary, source);
        record.ward.database.write(tx -> {
            tx.update("""
                            update decision set status = 'saved_to_folder', sink = 'folder', document = null,
                                reference = id || '.json', acknowledged_ts = written_ts, overdue_ts = 1, escalated_ts = 1
                            """).execute();
            return tx.update("""
                            insert into decision overriding user value
                            select (jsonb_populate_record(d, jsonb_build_object(
                                'id', gen_random_uuid()::text, 'request_id', 'many ' || n))).*
                            from decision d, generate_series(1, 600) n
                            """).execute();
        });
        record.stub.is(Mood.REFUSES);
        record.ward.clock.pass(Duration.ofDays(1));
        var refused = record.decide(record.rooms.message(record.room, record.pharmacist, "sealed too"), source);
        record.careRecord.deliverDue();
        assertThat(list(record.registrar).toString()).contains(refused);
    }

    /// Damage, or a key that is gone: nobody's later decision waits behind it.
    @Test
    @Rule("G15")
    @Hazard("H05")
    void whatCanBeOpenedNoMoreIsOnTheWorklistAndHoldsUpNobody() {
        var lost = record.decide(summary, source);
        record.ward.database.write(tx -> tx.update("update decision set document = :other where id = :id")
                .bind("other", new byte[64])
                .bind("id", lost)
                .execute());
        var next = record.rooms.message(record.room, record.pharmacist, "sealed too");
        var later = record.decide(next, source);
        record.careRecord.deliverDue();
        assertThat(lastState(lost)).contains("refused");
        assertThat(lastState(later)).contains("in_record");
        assertThat(list(record.registrar).get(0).get("decision_id").stringValue())
                .isEqualTo(lost);
        assertThat(retry(lost, record.registrar).status()).isEqualTo(200);
        record.careRecord.deliverDue();
        assertThat(lastState(lost)).contains("refused");
    }

    @Test
    @Rule("G15")
    void whatTheRecordRefusedIsListedForTheOwnerAndForRecords() {
        record.stub.is(Mood.REFUSES);
        var id = record.decide(summary, source);
        record.careRecord.deliverDue();
        assertThat(list(record.registrar)).hasSize(1);
        assertThat(list(record.nurse)).as("a member").isEmpty();
        assertThat(list(record.stranger)).isEmpty();
        assertThat(retry(id, record.stranger).errcode()).isEqualTo("M_NOT_FOUND");
        record.ward.writer.write(commit -> {
            record.ward.identity.duties().give(commit, record.stranger, Duty.RECORDS, record.registrar);
            return true;
        });
        assertThat(list(record.stranger)).hasSize(1);
        record.stub.is(Mood.GOOD);
        assertThat(retry(id, record.stranger).status()).isEqualTo(200);
        record.careRecord.deliverDue();
        assertThat(list(record.stranger)).isEmpty();
        assertThat(http.get("/_lanyard/v1/worklist/decisions", null).status()).isEqualTo(401);
    }

    private TestHttp.Answer retry(String id, UserId by) {
        return http.post("/_lanyard/v1/worklist/decisions/" + id + "/retry", record.token(by), Json.object());
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        record.careRecord.remindDue();
    }

    private String lastState(String id) {
        return record.rooms.state(record.room, "org.lanyard.decision", id).getLast();
    }

    private JsonNode list(UserId user) {
        return http.get("/_lanyard/v1/worklist/decisions", record.token(user))
                .json()
                .get("decisions");
    }
}
