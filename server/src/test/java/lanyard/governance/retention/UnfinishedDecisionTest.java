package lanyard.governance.retention;

import static lanyard.governance.retention.TestRetention.choice;
import static lanyard.governance.retention.TestRetention.retentionOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import lanyard.governance.carerecord.RecordSink;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The schedule never takes what a decision was taken in that the health record does not have, whatever the owner says.
class UnfinishedDecisionTest {
    private static final String WORKLIST = "/_lanyard/v1/retention/worklist";

    @TempDir
    Path lists;

    private TestRecord record;
    private Retention retention;
    private TestHttp http;
    private UserId officer;
    private boolean agrees;

    @BeforeEach
    void start() {
        record = new TestRecord(new RecordSink() {
            @Override
            public Kind kind() {
                return Kind.FHIR;
            }

            @Override
            public Outcome deliver(UUID decision, byte[] document) {
                return agrees ? new Outcome.Kept("Bundle/" + decision) : new Outcome.Refused("not this patient");
            }
        });
        retention = TestRetention.over(record, lists);
        http = TestHttp.serving(retention);
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        http.close();
        record.close();
    }

    private boolean isGone(EventId event) {
        return record.rooms.stored(record.room, event).isPruned();
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void whatARefusedDecisionWasTakenInStaysThoughTheOwnerSaysThatAllIsRecorded() throws InterruptedException {
        var source = record.rooms.message(record.room, record.nurse, "Give furosemide 40?");
        var edit = record.rooms.edit(record.room, record.nurse, source);
        var chat = record.rooms.message(record.room, record.nurse, "thanks");
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        record.decide(summary, source);
        record.careRecord.deliverDue();
        retention.expire();
        var answered = http.put(retentionOf(record.room), record.token(record.registrar), choice("all_recorded"));
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        for (var days : new int[] {366, 7, 1_000, 7}) {
            record.ward.clock.pass(Duration.ofDays(days));
            retention.sweep();
            retention.expire();
        }
        assertThat(isGone(chat)).isTrue();
        assertThat(isGone(source)).isFalse();
        assertThat(isGone(edit)).isFalse();
        assertThat(isGone(summary)).isFalse();
        var work = http.get(WORKLIST, record.token(officer)).json().path("rooms");
        assertThat(work).hasSize(1);
        assertThat(work.get(0).path("room_id").asString("")).isEqualTo(record.room.value());
        assertThat(work.get(0).path("why").asString("")).isEqualTo("untransferred");
        assertThat(work.get(0).path("messages").asInt()).isEqualTo(2);
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    void onceTheRecordHasTheDecisionItsOriginalsGoAsAnyOthers() throws InterruptedException {
        agrees = true;
        var source = record.rooms.message(record.room, record.nurse, "Give furosemide 40?");
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        record.decide(summary, source);
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE);
        retention.sweep();
        assertThat(isGone(source)).isTrue();
        assertThat(isGone(summary)).isTrue();
    }
}
