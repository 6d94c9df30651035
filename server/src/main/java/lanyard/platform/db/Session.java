package lanyard.platform.db;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// One dedicated connection that runs transactions one after another, opened again when it has broken.
public final class Session implements AutoCloseable {
    private final Jdbi jdbi;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Handle handle;

    Session(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Runs `work` in a transaction and commits it. Throws [ConnectionLostException] when nothing was kept and
    /// [CommitUnknownException] when nobody can say; the next call starts on a new connection.
    public <T> T write(Function<Tx, T> work) {
        Transactions.Done<T> done;
        turn.lock();
        try {
            done = Transactions.runOn(open(), work);
        } catch (ConnectionLostException | CommitUnknownException e) {
            forget();
            throw e;
        } finally {
            turn.unlock();
        }
        done.tx().committed();
        return done.result();
    }

    private Handle open() {
        var current = handle;
        if (current == null) {
            current = Transactions.open(jdbi);
            handle = current;
        }
        return current;
    }

    private void forget() {
        var broken = handle;
        handle = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (RuntimeException e) {
                // It is broken: that it cannot be closed in order says nothing new.
                return;
            }
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            forget();
        } finally {
            turn.unlock();
        }
    }
}
