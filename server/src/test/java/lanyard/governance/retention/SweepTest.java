package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import lanyard.governance.carerecord.TestRecord;
import lanyard.standards.matrix.EventId;
import lanyard.standards.matrix.RoomId;
import lanyard.traceability.Rule;
import lanyard.trust.hold.HoldSubject;
import lanyard.trust.hold.NewHold;
import lanyard.trust.identity.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disposal of much at once, beside people who send.
class SweepTest {
    private static final int MUCH = 200;

    @TempDir
    Path lists;

    private TestRecord record;
    private Retention retention;

    @BeforeEach
    void start() {
        record = new TestRecord(new AgreeableRecord());
        retention = TestRetention.over(record, lists);
    }

    @AfterEach
    void stop() {
        record.close();
    }

    private RoomId muchSaid() {
        var room = record.rooms.room("social", record.nurse, record.registrar);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < MUCH; i++) {
                people.execute(() -> record.rooms.message(room, record.nurse, "cake"));
            }
        }
        return room;
    }

    private void runOut() {
        record.ward.clock.pass(Duration.ofDays(90));
        retention.expire();
        record.ward.clock.pass(Duration.ofDays(7));
    }

    private long count(String sql) {
        return record.ward.database.read(tx -> tx.query(sql).mapTo(Long.class).one());
    }

    private boolean isGone(RoomId room, EventId event) {
        return record.rooms.stored(room, event).isPruned();
    }

    @Test
    @Rule("G16")
    void whatLiesBeyondALongStretchThatAHoldKeepsGoesAllTheSame() {
        var room = muchSaid();
        var until = record.ward.clock.instant();
        record.ward.clock.pass(Duration.ofHours(1));
        var after = record.rooms.message(room, record.nurse, "beyond");
        var subject = new HoldSubject(HoldSubject.Kind.ROOM, room.value(), Optional.empty(), Optional.of(until));
        record.holds.place(new NewHold(TestIdentity.ORGANIZATION.odsCode(), subject, record.pharmacist, "inquiry"));
        runOut();
        assertThat(retention.expire()).isOne();
        assertThat(isGone(room, after)).isTrue();
        assertThat(count("select kept_held from disposal_order")).isEqualTo(MUCH);
    }

    @Test
    @Rule("G16")
    void itGoesInStepsAndAllOfItIsListed() throws Exception {
        muchSaid();
        runOut();
        var order = record.ward.database.read(tx -> tx.query("select order_id from disposal_order")
                .mapTo(String.class)
                .one());
        var first = retention.step(order, 60);
        var second = retention.step(order, 60);
        assertThat(List.of(first, second)).allSatisfy(went -> assertThat(went).isBetween(1, 60));
        assertThat(retention.expire()).isEqualTo(MUCH - first - second);
        assertThat(count("select count(*) from disposal_step")).isGreaterThan(2);
        assertThat(count("select count(*) from disposal")).isEqualTo(MUCH);
        assertThat(Files.readAllLines(lists.resolve(GoneList.NAME)).stream().filter(line -> !line.startsWith("facts")))
                .hasSize((int) count("select count(*) from disposal_step"));
        assertThat(count("select count(*) from disposal_step where not listed")).isZero();
    }
}
