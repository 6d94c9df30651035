package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lanyard.governance.carerecord.TestRecord;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomsKnownTest {
    private final TestRecord record = new TestRecord(new AgreeableRecord());

    @TempDir
    Path lists;

    @AfterEach
    void stop() {
        record.close();
    }

    private boolean isMet(RoomId room) {
        return record.ward
                .database
                .read(tx -> new RoomRetentionStore().find(tx, room))
                .isPresent();
    }

    /// Or nothing of it would ever go, nobody would be asked, and what opens it would be forgotten.
    @Test
    @Rule("G16")
    void aRoomThatBeganWhileTheClockWasSetBackIsMetAllTheSame() {
        var retention = TestRetention.over(record, lists);
        var before = record.rooms.room("social", record.nurse, record.registrar);
        retention.expire();
        assertThat(isMet(before)).isTrue();
        record.ward.clock.pass(Duration.ofMinutes(-5));
        var meanwhile = record.rooms.room("social", record.nurse, record.registrar);
        record.ward.clock.pass(Duration.ofMinutes(10));
        retention.expire();
        assertThat(isMet(meanwhile)).isTrue();
    }
}
