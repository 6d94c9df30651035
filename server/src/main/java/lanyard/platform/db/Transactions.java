package lanyard.platform.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Begins, commits and rolls back. Tells a lost connection (nothing kept) from a lost commit (unknown).
final class Transactions {
    private final Jdbi jdbi;
    private final LongAdder statements = new LongAdder();

    Transactions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    <T> T run(Function<Tx, T> work) {
        Done<T> done;
        try (var handle = open(jdbi)) {
            done = runOn(handle, work);
        }
        statements.add(done.tx().statements());
        done.tx().committed();
        return done.result();
    }

    /// How many were asked for in transactions that ended well.
    long statements() {
        return statements.sum();
    }

    static Handle open(Jdbi jdbi) {
        try {
            return jdbi.open();
        } catch (RuntimeException e) {
            throw isConnectionLoss(e) ? new ConnectionLostException(e) : e;
        }
    }

    record Done<T>(Tx tx, T result) {}

    static <T> Done<T> runOn(Handle handle, Function<Tx, T> work) {
        var tx = new Tx(handle);
        T result;
        try {
            handle.begin();
            result = work.apply(tx);
        } catch (RuntimeException | Error e) {
            throw afterRollback(handle, e);
        }
        try {
            handle.commit();
        } catch (RuntimeException e) {
            if (isConnectionLoss(e)) {
                throw new CommitUnknownException(e);
            }
            throw e;
        }
        return new Done<>(tx, result);
    }

    private static RuntimeException afterRollback(Handle handle, Throwable thrown) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            thrown.addSuppressed(e);
        }
        if (isConnectionLoss(thrown)) {
            return new ConnectionLostException(thrown);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    /// Class 08 is a broken connection, 57P01 to 57P03 a server that stops or starts; a pool that has none to give
    /// has no class.
    /// <https://www.postgresql.org/docs/15/errcodes-appendix.html>
    static boolean isConnectionLoss(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                return state.startsWith("08") || state.startsWith("57P0");
            }
        }
        return false;
    }
}
