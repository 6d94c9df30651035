package lanyard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import lanyard.TestServer.Answer;

/// Long polls that wait.
public final class Parked {
    private static final int MOMENT_MS = 200;
    private static final Executor CALLERS = task -> Thread.startVirtualThread(task);

    private Parked() {}

    /// Asks until a poll waits: what came while its person settled in may have answered the first ones. `asking` finds
    /// out where the reader stands and gives the poll from there.
    public static CompletableFuture<Answer> poll(Supplier<Supplier<Answer>> asking) throws InterruptedException {
        for (var tries = 0; tries < 50; tries++) {
            var poll = CompletableFuture.supplyAsync(asking.get(), CALLERS);
            Thread.sleep(MOMENT_MS);
            if (!poll.isDone()) {
                return poll;
            }
        }
        throw new AssertionError("no poll waits");
    }
}
