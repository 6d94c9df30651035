package lanyard.platform.db;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// One open transaction. Stores take it first; nobody else runs SQL.
public final class Tx {
    private final Handle handle;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int statements;

    Tx(Handle handle) {
        this.handle = handle;
    }

    public Query query(String sql) {
        statements++;
        return handle.createQuery(sql);
    }

    public Update update(String sql) {
        statements++;
        return handle.createUpdate(sql);
    }

    /// The same statement for many rows, sent together. For the hot paths prefer one statement with `unnest`.
    public PreparedBatch batch(String sql) {
        statements++;
        return handle.prepareBatch(sql);
    }

    /// The id by which PostgreSQL can be asked later whether this transaction was kept: [Database#outcome]. Costs a
    /// statement; a hot path returns `pg_current_xact_id()::text` from a statement it runs anyway.
    public String id() {
        return query("select pg_current_xact_id()::text").mapTo(String.class).one();
    }

    /// The commit is not waited for: after a crash the transaction may not have happened, and neither has any later one
    /// of this kind. For work that carries on by itself. Whatever is committed afterwards in the usual way takes it
    /// to the disk.
    public void lazily() {
        update("set local synchronous_commit = off").execute();
    }

    /// Others are told once the transaction has committed, and not at all if it does not.
    public void afterCommit(Runnable news) {
        afterCommit.add(news);
    }

    /// Runs `work` so that, if it throws, nothing it wrote stays while the transaction goes on.
    public void savepoint(String name, Runnable work) {
        var told = afterCommit.size();
        handle.savepoint(name);
        try {
            work.run();
            handle.releaseSavepoint(name);
        } catch (RuntimeException | Error e) {
            handle.rollbackToSavepoint(name);
            afterCommit.subList(told, afterCommit.size()).clear();
            throw e;
        }
    }

    /// Marks a point to which a part of the transaction can be taken back alone.
    public void savepoint(String name) {
        handle.savepoint(name);
    }

    public void release(String name) {
        handle.releaseSavepoint(name);
    }

    public void rollbackTo(String name) {
        handle.rollbackToSavepoint(name);
    }

    int statements() {
        return statements;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
