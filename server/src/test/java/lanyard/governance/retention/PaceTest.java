package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong deeds = new AtomicLong();
    private Duration rested = Duration.ZERO;
    private Duration busyUntil = Duration.ZERO;
    private final Pace pace =
            new Pace(deeds::get, () -> rested.compareTo(busyUntil) < 0, time -> rested = rested.plusNanos(time));

    /// A message takes 0.1 ms on this machine, and meanwhile others have something written.
    private void pieces(int number, int others) {
        for (var i = 0; i < number; i++) {
            pace.rest();
            var messages = pace.messages();
            deeds.addAndGet(others);
            pace.took(messages, messages * 100_000L);
        }
        pace.rest();
    }

    @Test
    void aFewTakeTwoMilliseconds() {
        pieces(30, 0);
        assertThat(pace.messages()).isBetween(19, 21);
    }

    @Test
    void whileNobodyWritesNothingRests() {
        pieces(30, 0);
        assertThat(rested).isZero();
    }

    @Test
    void theMoreOthersWriteTheLongerItRests() {
        pieces(30, 1);
        assertThat(rested).isEqualTo(Duration.ofMillis(30));
        pieces(30, 20);
        assertThat(rested).isEqualTo(Duration.ofMillis(630));
        pieces(1, 0);
        assertThat(rested).isEqualTo(Duration.ofMillis(630));
    }

    @Test
    void whoeverStillWaitsForTheDiskGoesFirst() {
        busyUntil = Duration.ofMillis(7);
        pace.rest();
        assertThat(rested).isEqualTo(Duration.ofMillis(7));
        pace.rest();
        assertThat(rested).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void aSlowAndBusyMachineStillGoesOnByAFewAtATimeAndNeverRestsForLong() {
        busyUntil = Duration.ofDays(1);
        for (var i = 0; i < 30; i++) {
            deeds.addAndGet(10_000);
            pace.rest();
            pace.took(pace.messages(), Duration.ofSeconds(5).toNanos());
        }
        assertThat(pace.messages()).isEqualTo(Pace.FEWEST);
        assertThat(rested).isEqualTo(Duration.ofMillis(30 * 120));
    }
}
