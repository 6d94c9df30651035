package lanyard.governance.retention;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import lanyard.platform.stream.Writer;

/// How fast destruction goes: a few messages at a time, and before the next few it lets whoever writes go first. Where
/// nobody writes there is no rest.
///
/// What could go wrong: retention never ends on a server that is always busy, or everybody waits for it. The
/// principles: the few and the rest have bounds, so it always goes on; how many a few are follows from how long the
/// last ones took on this machine. Senders are slower beside it by what is left of the few that it has in hand when
/// their message comes, so those take two milliseconds.
final class Pace {
    static final int MOST = 200;
    static final int FEWEST = 10;
    private static final long FEW = Duration.ofMillis(2).toNanos();
    /// How long a rest is for each deed of somebody else: a hundred a second take a tenth of its time, a thousand all
    /// but a tenth.
    private static final long A_DEED = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_REST = Duration.ofMillis(100).toNanos();
    /// How long it waits besides for a deed that has not reached the disk yet, and how often it looks.
    private static final long LONGEST_WAIT = Duration.ofMillis(20).toNanos();
    private static final long A_LOOK = Duration.ofNanos(200_000).toNanos();

    private final LongSupplier deeds;
    private final BooleanSupplier waiting;
    private final LongConsumer rests;
    private long seen;
    private double perMessage = Duration.ofMillis(1).toNanos();

    Pace(Writer writer) {
        this(writer::accepted, writer::isAtWork, LockSupport::parkNanos);
    }

    /// @param deeds how many deeds the writer was handed since its start
    /// @param waiting whether one of them is not done yet
    Pace(LongSupplier deeds, BooleanSupplier waiting, LongConsumer rests) {
        this.deeds = deeds;
        this.waiting = waiting;
        this.rests = rests;
        this.seen = deeds.getAsLong();
    }

    /// How many messages a few are.
    int messages() {
        return Math.clamp(Math.round(FEW / perMessage), FEWEST, MOST);
    }

    /// How long a few took.
    void took(int messages, long nanos) {
        perMessage = 0.7 * perMessage + 0.3 * nanos / messages;
    }

    /// Before the next few: rests, if somebody is about.
    void rest() {
        var now = deeds.getAsLong();
        var rest = Math.min((now - seen) * A_DEED, LONGEST_REST);
        seen = now;
        if (rest > 0) {
            rests.accept(rest);
        }
        for (var waited = 0L; waited < LONGEST_WAIT && waiting.getAsBoolean(); waited += A_LOOK) {
            rests.accept(A_LOOK);
        }
    }
}
