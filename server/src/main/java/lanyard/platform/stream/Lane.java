package lanyard.platform.stream;

import java.util.List;
import lanyard.platform.db.Tx;

/// Writes one kind of item for a whole batch in as few statements as it can. One instance for each kind; lanes are
/// written in
/// the order in which the batch first used them.
public interface Lane<I> {
    /// Errors: `StaleException` when what the items were built on is no longer so; the batch is rolled back, the named
    /// things
    /// are forgotten, and its deeds run again.
    void write(Tx tx, List<I> items);
}
