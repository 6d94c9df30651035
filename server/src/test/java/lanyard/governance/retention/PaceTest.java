package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong deeds = new AtomicLong();
    private Duration rested = Duration.ZERO;
    private final Pace pace = new Pace(deeds::get, time -> rested = rested.plusNanos(time));

    /// A message takes 0.1 ms on this machine, and meanwhile others have something written.
    private void steps(int number, int others) {
        for (var i = 0; i < number; i++) {
            var messages = pace.messages();
            deeds.addAndGet(others);
            pace.took(messages, messages * 100_000L);
        }
    }

    @Test
    void aStepTakesTenMilliseconds() {
        steps(30, 0);
        assertThat(pace.messages()).isBetween(95, 105);
    }

    @Test
    void whileNobodyWritesNothingRests() {
        steps(30, 0);
        assertThat(rested).isZero();
    }

    @Test
    void theMoreOthersWriteTheLongerItRests() {
        steps(30, 1);
        assertThat(rested).isEqualTo(Duration.ofMillis(30));
        steps(30, 20);
        assertThat(rested).isEqualTo(Duration.ofMillis(630));
        steps(1, 0);
        assertThat(rested).isEqualTo(Duration.ofMillis(630));
    }

    @Test
    void aSlowAndBusyMachineStillGoesOnByAFewAtATimeAndNeverRestsForLong() {
        for (var i = 0; i < 30; i++) {
            deeds.addAndGet(10_000);
            pace.took(pace.messages(), Duration.ofSeconds(5).toNanos());
        }
        assertThat(pace.messages()).isEqualTo(Pace.FEWEST);
        assertThat(rested).isEqualTo(Duration.ofSeconds(3));
    }
}
