package lanyard.platform.db;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// One open transaction. Stores take it first; nobody else runs SQL.
public final class Tx {
    private final Handle handle;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(Handle handle) {
        this.handle = handle;
    }

    public Query query(String sql) {
        return handle.createQuery(sql);
    }

    public Update update(String sql) {
        return handle.createUpdate(sql);
    }

    /// Others are told once the transaction has committed, and not at all if it does not.
    public void afterCommit(Runnable news) {
        afterCommit.add(news);
    }

    /// Runs `work` so that, if it throws, nothing it wrote stays while the transaction goes on.
    public void savepoint(String name, Runnable work) {
        handle.savepoint(name);
        try {
            work.run();
            handle.releaseSavepoint(name);
        } catch (RuntimeException | Error e) {
            handle.rollbackToSavepoint(name);
            throw e;
        }
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
