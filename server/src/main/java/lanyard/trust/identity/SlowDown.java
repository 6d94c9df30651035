package lanyard.trust.identity;

import java.time.Duration;
import java.time.Instant;

/// Wrong tries cost time, never the account: nobody can lock a colleague out for good by typing nonsense.
///
/// @param tryAgainAt until then nothing is tried
public record SlowDown(int wrongTries, Instant tryAgainAt) {
    public static final SlowDown NONE = new SlowDown(0, Instant.EPOCH);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int LARGEST_EXPONENT = 9;

    /// The next wrong try. The first `free` cost nothing, then the wait doubles from two seconds up to five minutes.
    public SlowDown afterAnother(int free, Instant now) {
        var tries = wrongTries + 1;
        if (tries <= free) {
            return new SlowDown(tries, now);
        }
        var wait = Duration.ofSeconds(1L << Math.min(tries - free, LARGEST_EXPONENT));
        return new SlowDown(tries, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
    }

    /// Zero when one may try at once.
    public Duration wait(Instant now) {
        return now.isBefore(tryAgainAt) ? Duration.between(now, tryAgainAt) : Duration.ZERO;
    }

    /// The try that began the waiting: worth an audit entry, once.
    boolean beginsNow(int free) {
        return wrongTries == free + 1;
    }
}
