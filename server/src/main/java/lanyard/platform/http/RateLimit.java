package lanyard.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import tools.jackson.databind.node.JsonNodeFactory;

/// So many deeds at once and so many in a period, for each key (a user, an address): a bucket that refills evenly.
/// <https://spec.matrix.org/v1.18/client-server-api/#rate-limiting>
public final class RateLimit {
    private static final int KEYS = 100_000;

    private final boolean enforced;
    private final int burst;
    private final int refill;
    private final Duration period;
    private final Cache<String, Bucket> buckets;

    /// `enforced` is false in conformance mode only.
    public RateLimit(boolean enforced, int burst, int refill, Duration period) {
        this.enforced = enforced;
        this.burst = burst;
        this.refill = refill;
        this.period = period;
        // A bucket left alone until it is full again says nothing that a new one would not.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(
                        period.multipliedBy(Math.ceilDiv(burst, refill)).plusSeconds(1))
                .build();
    }

    /// Takes one. Errors: `M_LIMIT_EXCEEDED` with `retry_after_ms`.
    public void take(String key) {
        if (!enforced) {
            return;
        }
        var probe = buckets.get(key, _ -> bucket()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw tooMany(probe.getNanosToWaitForRefill());
        }
    }

    /// What was taken turns out to be free of charge.
    public void giveBack(String key) {
        if (enforced) {
            buckets.get(key, _ -> bucket()).addTokens(1);
        }
    }

    private static MatrixException tooMany(long nanoseconds) {
        return new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "Too many requests. Wait a moment and try again.")
                .with("retry_after_ms", JsonNodeFactory.instance.numberNode(Math.ceilDiv(nanoseconds, 1_000_000L)));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(refill, period))
                .build();
    }
}
