package lanyard.abuse;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// When the second of two who race sets out: later while it comes first, sooner while it comes last. So they meet as
/// closely as they can on this machine, and each wins now and then, however few the rounds.
public final class Meeting {
    private static final long SHORTEST = Duration.ofNanos(1_000).toNanos();
    private static final long LONGEST = Duration.ofMillis(500).toNanos();

    private final Random random = new Random(4);
    private long nanos = Duration.ofMillis(1).toNanos();
    private int firsts;
    private int rounds;

    /// The second waits here, once the first has set out.
    public void second() {
        LockSupport.parkNanos(random.nextLong(2 * nanos));
    }

    /// How it ended.
    public void won(boolean first) {
        nanos = Math.clamp(first ? nanos / 2 : nanos * 2, SHORTEST, LONGEST);
        firsts += first ? 1 : 0;
        rounds++;
    }

    /// True when neither has won every time.
    public boolean bothHaveWon() {
        return firsts > 0 && firsts < rounds;
    }
}
