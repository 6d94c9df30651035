package lanyard.governance.retention;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// How fast destruction goes. While nobody writes, in long steps without a rest; as soon as somebody does, in shorter
/// ones with a rest after each.
///
/// What could go wrong: retention never ends on a server that is always busy, or everybody waits for it. The
/// principles: a step and a rest have bounds, so it always goes on; how large a step is follows from how long the last
/// ones took on this machine. A step costs much the same whether it takes one message or fifty: it asks every question
/// again. So none is smaller than that, and who needs more peace gets it by longer rests.
final class Pace {
    static final int MOST = 1_000;
    static final int FEWEST = 50;
    private static final long ALONE = Duration.ofMillis(100).toNanos();
    private static final long BESIDE = Duration.ofMillis(25).toNanos();
    /// How long a rest is for each step's length.
    private static final double RESTS = 1;
    private static final long LONGEST_REST = Duration.ofMillis(100).toNanos();
    private static final long QUIET_AFTER = Duration.ofSeconds(2).toNanos();

    private final LongSupplier deeds;
    private final LongSupplier nanos;
    private final LongConsumer rests;
    private long seen;
    private long ours;
    private long lastOther;
    private double perMessage = Duration.ofMillis(1).toNanos();

    /// @param deeds how many deeds the writer was handed since its start
    Pace(LongSupplier deeds) {
        this(deeds, System::nanoTime, LockSupport::parkNanos);
    }

    Pace(LongSupplier deeds, LongSupplier nanos, LongConsumer rests) {
        this.deeds = deeds;
        this.nanos = nanos;
        this.rests = rests;
        this.seen = deeds.getAsLong();
        this.lastOther = nanos.getAsLong();
    }

    /// A deed of the sweep's own.
    void ours() {
        ours++;
    }

    /// How many messages the next step may take.
    int messages() {
        var time = isQuiet() ? ALONE : BESIDE;
        return Math.clamp(Math.round(time / perMessage), FEWEST, MOST);
    }

    private boolean isQuiet() {
        var now = deeds.getAsLong();
        if (now - seen > ours) {
            lastOther = nanos.getAsLong();
        }
        seen = now;
        ours = 0;
        return nanos.getAsLong() - lastOther > QUIET_AFTER;
    }

    /// After a step: rests in proportion to it if somebody is about.
    void took(int messages, long nanos) {
        perMessage = 0.7 * perMessage + 0.3 * nanos / messages;
        if (!isQuiet()) {
            rests.accept(Math.min(Math.round(RESTS * nanos), LONGEST_REST));
        }
    }
}
