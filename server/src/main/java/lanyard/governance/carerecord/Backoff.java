package lanyard.governance.carerecord;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to leave a server alone that could not be reached: twice as long each time up to five minutes, give or take
/// a half, so that those who wait do not all come back at once.
record Backoff(RandomGenerator random) {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 6;

    Duration after(int attempts) {
        var doubled = FIRST.multipliedBy(1L << Math.min(Math.max(attempts, 1) - 1, MOST_DOUBLINGS));
        var usual = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return usual.dividedBy(2).plusMillis(random.nextLong(usual.toMillis()));
    }
}
