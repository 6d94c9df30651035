package lanyard.platform.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lanyard.platform.db.Tx;

/// What a deed may do: run SQL in the batch's transaction, take positions, hand items to lanes, stage what memory will
/// hold
/// once the batch has committed, and say what happens then. Nothing of it stays if the deed throws.
public final class Commit {
    private final Batch batch;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterVisible = new ArrayList<>();
    private final Map<Object, Object> staged = new HashMap<>();
    private final Map<Lane<?>, List<Object>> items = new LinkedHashMap<>();
    private boolean usesSql;

    Commit(Batch batch) {
        this.batch = batch;
    }

    /// The batch's transaction. The first use sets a savepoint, so that this deed can fail alone.
    public Tx tx() {
        if (!usesSql) {
            batch.tx().savepoint("deed");
            usesSql = true;
        }
        return batch.tx();
    }

    /// The next position of this writer's slot.
    public Position next() {
        return batch.next();
    }

    public int slot() {
        return batch.slot();
    }

    public <I> void add(Lane<I> lane, I item) {
        items.computeIfAbsent(lane, l -> new ArrayList<>()).add(item);
    }

    /// Remembers a value for later deeds of this batch. Publishing it to other threads is for `afterCommit`.
    public void stage(Object key, Object value) {
        staged.put(key, value);
    }

    public Optional<Object> staged(Object key) {
        var own = staged.get(key);
        return Optional.ofNullable(own == null ? batch.staged().get(key) : own);
    }

    /// Runs on the writer's thread once the batch has committed, in commit order. Must be quick and must not throw.
    public void afterCommit(Runnable news) {
        afterCommit.add(news);
    }

    /// Runs once what was committed is visible to readers: the moment to wake them.
    public void afterVisible(Runnable news) {
        afterVisible.add(news);
    }

    void keep() {
        if (usesSql) {
            batch.tx().release("deed");
        }
        batch.staged().putAll(staged);
        items.forEach((lane, more) ->
                batch.items().computeIfAbsent(lane, l -> new ArrayList<>()).addAll(more));
        batch.afterCommit().addAll(afterCommit);
        batch.afterVisible().addAll(afterVisible);
    }

    void drop() {
        if (usesSql) {
            batch.tx().rollbackTo("deed");
        }
    }
}
