package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }

    private static Backups.Term from(int day, int keep) {
        return new Backups.Term(day(day), Duration.ofDays(keep));
    }

    private static Instant gone(int went, Backups.Term... terms) {
        return new Backups(terms.length, new ArrayList<>(List.of(terms))).goneOf(day(went));
    }

    @Test
    void underOnePolicyTheyGoWhenItSays() {
        assertThat(gone(10, from(0, 35))).isEqualTo(day(45));
        assertThat(gone(10, from(0, 0))).isEqualTo(day(10));
    }

    @Test
    void aShorterPolicyCountsForWhatIsMadeFromThenOn() {
        assertThat(gone(10, from(0, 35), from(20, 5))).as("after it went").isEqualTo(day(45));
        assertThat(gone(30, from(0, 35), from(20, 5))).as("before it went").isEqualTo(day(55));
        assertThat(gone(70, from(0, 35), from(20, 5))).as("long before").isEqualTo(day(75));
    }

    @Test
    void aLongerPolicyCountsForBackupsThatAreThereAlready() {
        assertThat(gone(10, from(0, 5), from(12, 35))).isEqualTo(day(45));
        assertThat(gone(10, from(0, 5), from(12, 35), from(13, 5)))
                .as("and goes on counting")
                .isEqualTo(day(45));
    }
}
