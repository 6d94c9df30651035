package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import lanyard.traceability.Hazard;
import lanyard.traceability.Rule;
import lanyard.trust.identity.TestIdentity;
import lanyard.trust.policy.DisposalRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By which time a month's key goes.
class KeyExpiryTimeTest {
    @TempDir
    Path lists;

    private TestMonth test;

    @BeforeEach
    void start() {
        test = new TestMonth(lists);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private void backupsKept(int days) {
        var organization = TestIdentity.ORGANIZATION.odsCode();
        var policies = test.record.policies;
        var before = policies.of(organization);
        var rules =
                new DisposalRules(before.disposal().undo(), before.disposal().askAhead(), Duration.ofDays(days));
        policies.change(organization, before.withSchedule(before.roomKinds(), rules), test.record.nurse, "less disk");
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void backupsOfALongerPolicyAreWaitedForUnderAShorterOne() {
        test.goes();
        backupsKept(1);
        // It is looked at before its time, as after a hold.
        test.sql("update room_month set look_ts = 0");
        test.pass(Duration.ofDays(35));
        assertThat(test.isDestroyed()).isFalse();
        test.pass(Duration.ofDays(1));
        assertThat(test.isDestroyed()).isTrue();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void backupsThatWereMadeBeforeThePolicyBecameShorterAreWaitedForToo() {
        test.jump(TestMonth.GONE.minusDays(7));
        backupsKept(1);
        test.jump(Duration.ofDays(7));
        assertThat(test.record.rooms.stored(test.room, test.said).isPruned()).isTrue();
        test.pass(Duration.ofDays(28));
        assertThat(test.isDestroyed()).isFalse();
        test.pass(Duration.ofDays(1));
        assertThat(test.isDestroyed()).isTrue();
    }

    @Test
    @Rule("G16")
    void aShorterPolicyCountsForWhatGoesAfterItsLongerBackupsHaveRunOut() {
        backupsKept(1);
        test.goes();
        test.pass(Duration.ofDays(2));
        assertThat(test.isDestroyed()).isTrue();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aLongerPolicyCountsForBackupsThatWereThereBefore() {
        test.goes();
        backupsKept(60);
        backupsKept(35);
        test.pass(Duration.ofDays(60));
        assertThat(test.isDestroyed()).isFalse();
        test.pass(Duration.ofDays(1));
        assertThat(test.isDestroyed()).isTrue();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aClockThatJumpsAheadDestroysNoKeyAndHoldsNoneBackAfterwards() {
        test.goes();
        test.jump(Duration.ofDays(400));
        test.jump(Duration.ofDays(1));
        assertThat(test.isDestroyed()).isFalse();
        test.jump(Duration.ofDays(-401));
        test.pass(Duration.ofDays(33));
        assertThat(test.isDestroyed())
                .as("two days were seen by the clock that was ahead")
                .isFalse();
        test.pass(Duration.ofDays(3));
        assertThat(test.isDestroyed()).isTrue();
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aClockThatWasBehindWhenAMonthWasFoundUnusedShortensNothing() {
        test.goes();
        test.sql("update room_month set unused_ts = unused_ts - 400 * 86400000::bigint, look_ts = 0");
        test.jump(Duration.ZERO);
        assertThat(test.isDestroyed()).isFalse();
        test.pass(Duration.ofDays(34));
        assertThat(test.isDestroyed()).isFalse();
        test.pass(Duration.ofDays(2));
        assertThat(test.isDestroyed()).isTrue();
    }

    private int foundUnused() {
        return test.record.ward.database.read(
                tx -> tx.query("select count(*) from room_month where unused_ts is not null")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void aMonthThatOnlyAClockAheadHasSeenTheEndOfGoesOnAndGoesByItsOwnTime() {
        test.goes();
        assertThat(foundUnused()).isEqualTo(1);
        test.jump(TestMonth.GONE.negated());
        assertThat(foundUnused()).as("it is asked again").isZero();
        var said = test.record.rooms.message(test.room, test.record.nurse, "still of this month");
        test.pass(Duration.ofDays(60));
        assertThat(test.isDestroyed()).isFalse();
        assertThat(test.record.rooms.stored(test.room, said).isPruned()).isFalse();
        test.pass(TestMonth.GONE.multipliedBy(2).plusDays(6 - 60));
        assertThat(test.record.rooms.stored(test.room, said).isPruned()).isTrue();
        assertThat(test.isDestroyed()).isFalse();
        test.pass(TestMonth.BACKUPS.plusDays(1));
        assertThat(test.isDestroyed()).isTrue();
    }

    @Test
    @Rule("G16")
    void aServerThatDoesNotRunEveryDayWaitsForAsManyDaysOnWhichItDid() {
        test.goes();
        for (var week = 0; week < 6; week++) {
            test.pass(Duration.ofDays(5));
            test.record.ward.clock.pass(Duration.ofDays(2));
        }
        assertThat(test.isDestroyed()).isFalse();
        test.pass(Duration.ofDays(5));
        assertThat(test.isDestroyed()).isTrue();
    }
}
