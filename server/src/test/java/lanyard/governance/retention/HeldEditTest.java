package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lanyard.governance.carerecord.TestRecord;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldEditTest {
    private final TestRecord record = new TestRecord(new AgreeableRecord());

    @TempDir
    Path lists;

    @AfterEach
    void stop() {
        record.close();
    }

    private boolean isGone(RoomId room, EventId event) {
        return record.rooms.stored(room, event).isPruned();
    }

    /// What was asked for would otherwise be found as it was before somebody put it right.
    @Test
    @Rule("G17")
    @Hazard("H06")
    void ofAHeldMessageTheEditsStayAndOfAHeldEditTheMessageWheneverTheyWereSent() {
        var retention = TestRetention.over(record, lists);
        var room = record.rooms.room("social", record.nurse, record.registrar);
        var before = record.rooms.message(room, record.nurse, "before");
        var early = record.rooms.message(room, record.nurse, "stop the drip");
        var between = record.rooms.edit(room, record.nurse, early);
        var other = record.rooms.edit(room, record.nurse, before);
        record.ward.clock.pass(Duration.ofDays(1));
        var from = record.ward.clock.instant();
        var earlyEdit = record.rooms.edit(room, record.nurse, early);
        var late = record.rooms.message(room, record.nurse, "start the drip");
        var to = record.ward.clock.instant();
        record.ward.clock.pass(Duration.ofDays(1));
        var lateEdit = record.rooms.edit(room, record.nurse, late);
        var after = record.rooms.message(room, record.nurse, "after");
        var subject = HoldSubject.room(room).within(Optional.of(from), Optional.of(to));
        record.holds.place(new NewHold(TestIdentity.ORGANIZATION.odsCode(), subject, record.registrar, "request 12"));
        record.ward.clock.pass(Duration.ofDays(95));
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(7));
        retention.expire();
        assertThat(isGone(room, before)).isTrue();
        assertThat(isGone(room, after)).isTrue();
        assertThat(isGone(room, earlyEdit)).isFalse();
        assertThat(isGone(room, late)).isFalse();
        assertThat(isGone(room, lateEdit)).isFalse();
        assertThat(isGone(room, early)).isFalse();
        assertThat(isGone(room, between)).as("what it said in between").isFalse();
        assertThat(isGone(room, other)).as("of what is not held").isTrue();
    }
}
