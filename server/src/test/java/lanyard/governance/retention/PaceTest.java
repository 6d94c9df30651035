package lanyard.governance.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong deeds = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private Duration rested = Duration.ZERO;
    private final Pace pace = new Pace(deeds::get, nanos::get, time -> {
        rested = rested.plusNanos(time);
        nanos.addAndGet(time);
    });

    /// A message takes 0.1 ms on this machine.
    private void step() {
        var messages = pace.messages();
        nanos.addAndGet(messages * 100_000L);
        pace.took(messages, messages * 100_000L);
    }

    private void steps(int number) {
        for (var i = 0; i < number; i++) {
            step();
        }
    }

    @Test
    void whileNobodyWritesStepsAreLongAndNothingRests() {
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        steps(30);
        assertThat(rested).isZero();
        assertThat(pace.messages()).isEqualTo(Pace.MOST);
    }

    @Test
    void whileSomebodyWritesStepsAreShortAndRestAsLong() {
        for (var i = 0; i < 30; i++) {
            deeds.incrementAndGet();
            step();
        }
        assertThat(pace.messages()).isBetween(200, 300);
        var before = rested;
        deeds.incrementAndGet();
        step();
        assertThat(rested.minus(before).toMillis()).isBetween(20L, 30L);
    }

    @Test
    void itIsPoliteAtOnceWhenSomebodyBeginsAndForTwoSecondsAfterTheyStop() {
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        steps(30);
        deeds.incrementAndGet();
        assertThat(pace.messages()).isLessThan(300);
        nanos.addAndGet(Duration.ofMillis(1_900).toNanos());
        assertThat(pace.messages()).isLessThan(300);
        nanos.addAndGet(Duration.ofMillis(200).toNanos());
        assertThat(pace.messages()).isEqualTo(Pace.MOST);
    }

    @Test
    void itsOwnDeedsCountForNobody() {
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        steps(30);
        deeds.incrementAndGet();
        pace.ours();
        step();
        assertThat(rested).isZero();
    }

    @Test
    void aSlowMachineStillGoesOnByAFewAtATimeAndNeverRestsForLong() {
        for (var i = 0; i < 30; i++) {
            deeds.incrementAndGet();
            pace.took(pace.messages(), Duration.ofSeconds(5).toNanos());
        }
        assertThat(pace.messages()).isEqualTo(Pace.FEWEST);
        assertThat(rested).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }
}
