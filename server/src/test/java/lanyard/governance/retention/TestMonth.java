package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import lanyard.governance.carerecord.TestRecord;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.platform.sealing.KeyName;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;

/// A social conversation in which one message was said, and the key of its month: social ones keep 90 days, marked
/// disposals can be called off for 7, and backups are kept for 35.
final class TestMonth implements AutoCloseable {
    static final Duration GONE = Duration.ofDays(90 + 7);
    static final Duration BACKUPS = Duration.ofDays(35 + 1);

    final TestRecord record = new TestRecord(new AgreeableRecord());
    final Retention retention;
    final YearMonth month;
    final RoomId room;
    final EventId said;
    final long nid;

    TestMonth(Path lists) {
        retention = TestRetention.over(record, lists);
        month = YearMonth.from(now().atZone(ZoneOffset.UTC));
        room = record.rooms.room("social", record.nurse, record.registrar);
        said = record.rooms.message(room, record.nurse, "cake at four");
        nid = nid(room);
    }

    Instant now() {
        return record.ward.clock.instant();
    }

    /// Day by day: a key waits for days on which the server ran.
    void pass(Duration time) {
        for (var day = 0; day < time.toDays(); day++) {
            jump(Duration.ofDays(1));
        }
        jump(time.minusDays(time.toDays()));
    }

    void jump(Duration time) {
        record.ward.clock.pass(time);
        retention.expire();
    }

    /// As if retention had run on so many days before, at which nobody looked.
    void daysWereSeen(int days) {
        sql("insert into retention_day select date '2000-01-01' + day from generate_series(1, " + days + ") as day");
    }

    /// Marked first, destroyed a week later, and then the keys are looked at.
    void goes() {
        jump(GONE.minusDays(7));
        jump(Duration.ofDays(7));
        assertThat(record.rooms.stored(room, said).isPruned()).isTrue();
    }

    KeyName key(RoomId one) {
        return new KeyName("room-month", nid(one) + "/" + month.toString().replace("-", ""));
    }

    long nid(RoomId one) {
        return record.ward.database.read(tx -> tx.query("select room_nid from room where room_id = :room")
                .bind("room", one.value())
                .mapTo(Long.class)
                .one());
    }

    boolean isDestroyed() {
        return isDestroyed(room);
    }

    boolean isDestroyed(RoomId one) {
        try {
            assertThat(record.ward.keys.find(key(one))).isPresent();
            return false;
        } catch (DestroyedKeyException e) {
            return true;
        }
    }

    void sql(String statement) {
        record.ward.database.write(tx -> tx.update(statement).execute());
    }

    @Override
    public void close() {
        record.close();
    }
}
