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
        var rules = new DisposalRules(
                before.disposal().undo(), before.disposal().askAhead(), Duration.ofDays(days));
        policies.change(organization, before.withSchedule(before.roomKinds(), rules), test.record.nurse, "less disk");
    }

    @Test
    @Rule("G16")
    @Hazard("H06")
    void backupsOfALongerPolicyAreWaitedForUnderAShorterOne() {
        test.goes();
        backupsKept(1);
        test.pass(Duration.ofDays(35));
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
}
