package lanyard.platform.sealing;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import lanyard.platform.json.Json;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;

/// Threads of their own for work that is slow on purpose: on the threads that carry requests, two sign-ins would keep
/// everybody else waiting. Half the processors at most are ever busy with it, and whoever waits does so elsewhere.
final class Hashing {
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final long WAIT_SECONDS = 10;
    private static final Semaphore TURNS = new Semaphore(THREADS, true);
    private static final ExecutorService POOL = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("hashing-", 0).factory());

    private Hashing() {}

    /// Errors: `M_LIMIT_EXCEEDED` when the turn does not come.
    static byte[] run(Callable<byte[]> work) {
        try {
            if (TURNS.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                try {
                    return POOL.submit(work).get();
                } finally {
                    TURNS.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing failed", e.getCause());
        }
        throw new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, "Too many people are signing in. Try again in a moment.")
                .with("retry_after_ms", Json.object().numberNode(2_000));
    }
}
