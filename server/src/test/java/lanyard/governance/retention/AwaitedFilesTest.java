package lanyard.governance.retention;

import static lanyard.governance.retention.TestRetention.choice;
import static lanyard.governance.retention.TestRetention.retentionOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A picture is opened by what its message carries: neither goes before the picture may.
class AwaitedFilesTest {
    private static final Duration CLINICAL = Duration.ofDays(365);
    private static final Duration SOCIAL = Duration.ofDays(90);
    private static final Duration UNDO = Duration.ofDays(7);

    @TempDir
    Path directory;

    private TestRecord record;
    private Retention retention;
    private TestHttp http;
    private TestHttp decisions;
    private TestHttp upload;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, directory);
        http = TestHttp.serving(retention);
        decisions = TestHttp.serving(record.careRecord);
        upload = TestHttp.serving(TestRetention.media(record, directory));
    }

    @AfterEach
    void stop() {
        upload.close();
        decisions.close();
        http.close();
        record.close();
    }

    private String uploaded(UserId by) {
        return TestRetention.uploaded(upload, record.token(by));
    }

    private boolean isGone(RoomId room, EventId event) {
        return record.rooms.stored(room, event).isPruned();
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        retention.expire();
    }

    private void isNotNeeded(String file) {
        var why = Json.object().put("reason", "the wound is described");
        var path = "/_lanyard/v1/files/" + file + "/not-needed";
        assertThat(http.post(path, record.token(record.registrar), why).status())
                .isEqualTo(200);
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void whatMayCarryAPictureStaysInAClinicalConversationUntilThePictureMayGo() {
        var before = record.rooms.message(record.room, record.nurse, "the wound, in a moment");
        record.ward.clock.pass(Duration.ofMinutes(1));
        var picture = uploaded(record.nurse);
        var carries = record.rooms.message(record.room, record.nurse, "sealed, with the key of the picture");
        var edited = record.rooms.edit(record.room, record.nurse, carries);
        var another = record.rooms.message(record.room, record.registrar, "thanks");
        var social = record.rooms.room("social", record.nurse, record.registrar);
        var cake = record.rooms.message(social, record.nurse, "cake");
        record.ward.clock.pass(AwaitedFiles.CARRIED_WITHIN.minusSeconds(1));
        var last = record.rooms.message(record.room, record.nurse, "at the very end of the hour");
        record.ward.clock.pass(Duration.ofMinutes(1));
        var after = record.rooms.message(record.room, record.nurse, "dressed");
        retention.expire();
        var answered = http.put(retentionOf(record.room), record.token(record.registrar), choice("all_recorded"));
        assertThat(answered.status()).isEqualTo(200);
        pass(SOCIAL);
        pass(UNDO);
        assertThat(isGone(social, cake)).as("no wound is shown there").isTrue();
        pass(CLINICAL);
        pass(UNDO);
        assertThat(isGone(record.room, before)).isTrue();
        assertThat(isGone(record.room, another)).isTrue();
        assertThat(isGone(record.room, after)).isTrue();
        assertThat(isGone(record.room, carries)).isFalse();
        assertThat(isGone(record.room, edited)).isFalse();
        assertThat(isGone(record.room, last)).isFalse();
        var work = http.get("/_lanyard/v1/retention/worklist", record.token(record.recordsOfficer()))
                .json()
                .path("rooms");
        assertThat(work.get(0).path("why").asString("")).isEqualTo("untransferred");
        assertThat(work.get(0).path("messages").asInt()).isEqualTo(3);

        isNotNeeded(picture);
        pass(Duration.ofDays(1));
        pass(UNDO);
        assertThat(isGone(record.room, carries)).isTrue();
        assertThat(isGone(record.room, edited)).isTrue();
        assertThat(isGone(record.room, last)).isTrue();
    }

    @Test
    @Rule("G15")
    @Hazard("H06")
    void aDecisionInTheRecordTakesNoMessageWithItThatMayCarryAPicture() throws InterruptedException {
        var picture = uploaded(record.registrar);
        var source = record.rooms.message(record.room, record.registrar, "sealed, with the key of the picture");
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        var decision = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.ward.clock.pass(TestRecord.GRACE.multipliedBy(2));
        retention.sweep();
        assertThat(isGone(record.room, source)).isFalse();
        assertThat(keptBecause(decision)).isEqualTo("file");

        record.ward.writer.write(commit -> {
            retention.fileIsInRecord(commit, picture, record.stranger, "Binary/7");
            return picture;
        });
        record.ward.clock.pass(Duration.ofMinutes(1));
        retention.sweep();
        assertThat(isGone(record.room, source)).as("a stranger's word").isFalse();
    }

    @Test
    @Rule("G15")
    void onceThePictureMayGoTheOriginalsGo() throws InterruptedException {
        var picture = uploaded(record.registrar);
        var source = record.rooms.message(record.room, record.registrar, "sealed, with the key of the picture");
        var summary = record.rooms.message(record.room, record.pharmacist, "sealed");
        record.rooms.received(record.room, record.registrar, record.pharmacist, record.nurse);
        var decision = record.decide(summary, source);
        record.careRecord.deliverDue();
        record.ward.writer.write(commit -> {
            retention.fileIsInRecord(commit, picture, record.pharmacist, "Binary/7");
            return picture;
        });
        record.ward.clock.pass(TestRecord.GRACE.multipliedBy(2));
        retention.sweep();
        assertThat(isGone(record.room, source)).isTrue();
        assertThat(keptBecause(decision)).isEmpty();
    }

    private String keptBecause(String decision) {
        return decisions
                .get("/_lanyard/v1/decisions/" + decision, record.token(record.nurse))
                .json()
                .path("kept_because")
                .asString("");
    }
}
