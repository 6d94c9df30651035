package lanyard.governance.retention;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/// How fast destruction goes: in short steps, with a rest after each that is the longer the more others had written
/// meanwhile. Where nobody writes there is none.
///
/// What could go wrong: retention never ends on a server that is always busy, or everybody waits for it. The
/// principles: a step and a rest have bounds, so it always goes on; how large a step is follows from how long the last
/// ones took on this machine. A step costs much the same whether it takes one message or twenty, as it asks every
/// question again: so none is smaller than that.
final class Pace {
    static final int MOST = 1_000;
    static final int FEWEST = 20;
    private static final long STEP = Duration.ofMillis(10).toNanos();
    /// How long a rest is for each deed of somebody else: a hundred a second take a tenth of its time, a thousand all
    /// but a tenth.
    private static final long A_DEED = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_REST = Duration.ofMillis(100).toNanos();

    private final LongSupplier deeds;
    private final LongConsumer rests;
    private long seen;
    private double perMessage = Duration.ofMillis(1).toNanos();

    /// @param deeds how many deeds the writer was handed since its start
    Pace(LongSupplier deeds) {
        this(deeds, LockSupport::parkNanos);
    }

    Pace(LongSupplier deeds, LongConsumer rests) {
        this.deeds = deeds;
        this.rests = rests;
        this.seen = deeds.getAsLong();
    }

    /// How many messages the next step may take.
    int messages() {
        return Math.clamp(Math.round(STEP / perMessage), FEWEST, MOST);
    }

    /// After a step: rests, if somebody is about.
    void took(int messages, long nanos) {
        perMessage = 0.7 * perMessage + 0.3 * nanos / messages;
        var now = deeds.getAsLong();
        var rest = Math.min((now - seen) * A_DEED, LONGEST_REST);
        seen = now;
        if (rest > 0) {
            rests.accept(rest);
        }
    }
}
