package lanyard.governance.retention;

import static lanyard.governance.retention.TestRetention.choice;
import static lanyard.governance.retention.TestRetention.retentionOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.http.TestHttp;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was said in a conversation that an administrator has ended: the schedule's, as in any other.
class EndedConversationTest {
    @TempDir
    Path lists;

    private TestRecord record;
    private Retention retention;
    private TestHttp http;
    private UserId officer;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, lists);
        http = TestHttp.serving(retention);
        officer = record.recordsOfficer();
    }

    @AfterEach
    void stop() {
        http.close();
        record.close();
    }

    private void end(RoomId room) {
        var governance = retention.roomEnd();
        assertThat(record.ward.database.<Optional<String>>write(tx -> governance.whyKept(tx, room)))
                .isEmpty();
        var gone =
                record.ward.writer.write(commit -> record.rooms.rooms.closing().sendAway(commit, room, 25));
        assertThat(gone).isNotEmpty();
    }

    private boolean isGone(RoomId room, EventId event) {
        return record.rooms.stored(room, event).isPruned();
    }

    private void pass(Duration time) {
        record.ward.clock.pass(time);
        retention.expire();
    }

    @Test
    @Rule("G15")
    @Rule("G16")
    @Hazard("H06")
    void aClinicalOneIsKeptUntilSomebodyHasAnsweredForItsOwnerAndThenGoesInTwoPhases() {
        var said = record.rooms.message(record.room, record.nurse, "BP 80/40");
        var wanted = record.rooms.message(record.room, record.nurse, "start amoxicillin");
        end(record.room);
        pass(Duration.ofDays(400));
        pass(Duration.ofDays(7));
        assertThat(isGone(record.room, said)).as("nobody has answered").isFalse();
        var answered = http.put(retentionOf(record.room), record.token(officer), choice("record_these", wanted));
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        retention.expire();
        assertThat(isGone(record.room, said)).as("it can be called off").isFalse();
        pass(Duration.ofDays(7));
        assertThat(isGone(record.room, said)).isTrue();
        assertThat(isGone(record.room, wanted))
                .as("the record does not have it")
                .isFalse();
    }
}
