package lanyard.trust.identity;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Work for one name at a time. Names share a fixed number of turns, so that a flood of names takes no memory.
final class OneAtATime {
    private static final int TURNS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReentrantLock[] turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toArray(ReentrantLock[]::new);

    /// Errors: `M_LIMIT_EXCEEDED` when the turn does not come.
    <T> T inTurn(String name, Supplier<T> work) {
        var turn = turns[Math.floorMod(name.hashCode(), TURNS)];
        if (!tryFor(turn)) {
            throw Failures.tooSoon(PATIENCE);
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private static boolean tryFor(ReentrantLock turn) {
        try {
            return turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
