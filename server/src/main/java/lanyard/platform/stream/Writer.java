package lanyard.platform.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import lanyard.platform.CrashPoint;
import lanyard.platform.db.CommitUnknownException;
import lanyard.platform.db.ConnectionLostException;
import lanyard.platform.db.Database;
import lanyard.platform.db.Session;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's one sequential writer. It commits everything that is pending, from all rooms and features, in one
/// transaction
/// (group commit): the next batch gathers while the previous one reaches the disk. A caller is answered after its
/// commit,
/// never before.
///
/// It holds one of sixteen reusable slots with an epoch. Every batch moves the slot's position, and that statement
/// checks the
/// epoch: a writer that was taken for dead waits for the row, finds another epoch and commits nothing.
///
/// A deed that throws fails alone. A batch that fails is rolled back and its deeds run again one by one, so one
/// poisoned deed
/// takes nobody with it. When the outcome of a commit is unknown, the slot's row tells whether it happened; nothing is
/// ever
/// retried blindly.
public final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int QUEUE = 4096;
    private static final int BATCH = 512;
    /// Handed in to be noticed.
    private static final Submission<?> NOTHING = new Submission<>(commit -> true);
    /// A deed that writes into many rooms may need something for each.
    private static final int MOST_PREPARATIONS = 64;
    private static final Duration RECONNECT = Duration.ofMillis(200);

    private final BlockingQueue<Submission<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final StreamStore store = new StreamStore();
    private final Session session;
    private final Slot slot;
    private final Thread thread;
    private volatile SyncToken visible;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile boolean fenced;
    private final LongAdder accepted = new LongAdder();
    private volatile boolean atWork;

    private Writer(Session session, Slot slot, SyncToken visible) {
        this.session = session;
        this.slot = slot;
        this.visible = visible;
        this.thread = Thread.ofPlatform().name("writer").unstarted(this::loop);
    }

    /// Takes a slot for `node` (its own from before, if it had one) and starts.
    public static Writer start(Database database, String node) {
        var session = database.session();
        var store = new StreamStore();
        var slot = session.write(tx -> store.acquire(tx, node));
        var writer = new Writer(session, slot, session.write(store::positions));
        writer.thread.start();
        return writer;
    }

    /// Everything up to here is committed and may be shown.
    public SyncToken visible() {
        return visible;
    }

    /// How many deeds were handed in since the start: who works beside the writer sees by it whether anybody waits.
    public long accepted() {
        return accepted.sum();
    }

    /// Runs `deed` and returns once it is durable. Errors: what the deed throws; `M_LIMIT_EXCEEDED` when too much is
    /// waiting (said before acceptance, never after).
    public <T> T write(Deed<T> deed) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("a deed may not write through the writer again");
        }
        for (var preparations = 0; ; preparations++) {
            try {
                return submit(deed);
            } catch (NotReadyException notReady) {
                if (preparations == MOST_PREPARATIONS) {
                    throw notReady;
                }
                notReady.prepare();
            }
        }
    }

    private <T> T submit(Deed<T> deed) {
        var submission = new Submission<T>(deed);
        if (closing || fenced || !queue.offer(submission) || cameTooLate(submission)) {
            throw busy();
        }
        accepted.increment();
        return submission.result();
    }

    /// Whether somebody waits for a deed that was handed in.
    public boolean isAtWork() {
        return atWork || !queue.isEmpty();
    }

    private static MatrixException busy() {
        return new MatrixException(
                        ErrorCode.M_LIMIT_EXCEEDED, "The server is busy. Nothing was saved; try again in a moment.")
                .with("retry_after_ms", tools.jackson.databind.node.IntNode.valueOf(1000));
    }

    /// Whoever looked before [#close] and handed in after the last batch.
    private boolean cameTooLate(Submission<?> submission) {
        return ended && queue.remove(submission);
    }

    private void loop() {
        var batch = new ArrayList<Submission<?>>(BATCH);
        while (!closing || !queue.isEmpty()) {
            try {
                batch.add(queue.take());
                atWork = true;
                queue.drainTo(batch, BATCH - 1);
                batch.removeIf(NOTHING::equals);
                if (!batch.isEmpty()) {
                    commit(batch);
                }
                batch.clear();
                atWork = !queue.isEmpty();
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        ended = true;
        for (var late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(busy());
        }
    }

    private void commit(List<Submission<?>> submissions) {
        try {
            commitOnce(submissions);
        } catch (StaleException stale) {
            stale.forget();
            LOG.info("a batch of {} was built on stale rooms and runs again", submissions.size());
            retryOneByOne(submissions);
        } catch (RuntimeException | Error failure) {
            if (submissions.size() > 1) {
                LOG.warn("a batch of {} failed ({}) and runs one by one", submissions.size(), failure.getClass());
                retryOneByOne(submissions);
            } else {
                submissions.getFirst().fail(failure);
            }
        }
    }

    private void retryOneByOne(List<Submission<?>> submissions) {
        for (var submission : submissions) {
            try {
                commitOnce(List.of(submission));
            } catch (StaleException stale) {
                stale.forget();
                submission.fail(new MatrixException(
                        ErrorCode.M_LIMIT_EXCEEDED,
                        "The conversation moved on meanwhile. Nothing was saved; try again."));
            } catch (RuntimeException | Error failure) {
                submission.fail(failure);
            }
        }
    }

    private void commitOnce(List<Submission<?>> submissions) {
        var before = visible.at(slot.number());
        var open = new Open();
        try {
            session.write(tx -> {
                var batch = new Batch(tx, slot.number(), before);
                open.batch = batch;
                CrashPoint.at("writer.opened");
                submissions.forEach(submission -> submission.run(batch));
                if (batch.pos() == before) {
                    batch.next();
                }
                var advance = Advance.of(slot, before, batch.pos());
                if (!batch.writeLanes(advance)) {
                    store.advance(tx, advance);
                }
                CrashPoint.at("writer.inserted");
                return batch.pos();
            });
        } catch (FencedException e) {
            fenced = true;
            throw e;
        } catch (CommitUnknownException e) {
            if (open.batch == null || !happened(before, open.batch.pos())) {
                throw e;
            }
            LOG.warn("a commit's outcome was unknown; the slot's row says that it happened");
        }
        published(open, submissions);
    }

    private void published(Open open, List<Submission<?>> submissions) {
        var batch = java.util.Objects.requireNonNull(open.batch);
        CrashPoint.at("writer.committed");
        batch.afterCommit().forEach(Writer::tell);
        CrashPoint.at("writer.published");
        // Memory holds the batch before readers may take a position that covers it: nothing can be skipped.
        visible = visible.with(new Position(slot.number(), batch.pos()));
        CrashPoint.at("writer.visible");
        batch.afterVisible().forEach(Writer::tell);
        CrashPoint.at("writer.woken");
        submissions.forEach(Submission::answer);
    }

    /// The transaction is durable by now: a listener that fails must not turn a success into a failure.
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("somebody told after a commit failed: {}", e.getClass(), e);
        }
    }

    /// Asks the slot's row, which waits for whatever the lost connection may still be doing, until the database
    /// answers.
    private boolean happened(long before, long after) {
        while (after > before && !closing) {
            try {
                return session.write(tx -> store.position(tx, slot)) == after;
            } catch (ConnectionLostException | CommitUnknownException e) {
                LOG.warn("the database does not answer; asking again what became of the last commit");
                LockSupport.parkNanos(RECONNECT.toNanos());
            }
        }
        return false;
    }

    @Override
    public void close() {
        closing = true;
        // Where there is no room for it there is enough to wake up for.
        if (!queue.offer(NOTHING)) {
            LOG.debug("the writer is busy and will see that it is to end");
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }

    private static final class Open {
        @Nullable
        Batch batch;
    }

    /// A deed and the caller that waits for it.
    private static final class Submission<T> {
        private final Deed<T> deed;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T value;
        private @Nullable Throwable refusal;

        Submission(Deed<T> deed) {
            this.deed = deed;
        }

        void run(Batch batch) {
            value = null;
            refusal = null;
            var commit = new Commit(batch);
            try {
                value = deed.run(commit);
            } catch (RuntimeException | Error e) {
                commit.drop();
                refusal = e;
                return;
            }
            // What fails here is the transaction, not the deed.
            commit.keep();
        }

        @SuppressWarnings("NullAway") // a deed may answer null where T says so
        void answer() {
            if (refusal == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(refusal);
            }
        }

        void fail(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        T result() {
            try {
                return answer.join();
            } catch (CompletionException e) {
                switch (e.getCause()) {
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case null, default -> throw e;
                }
            }
        }
    }
}
