package lanyard.platform.stream;

import java.util.List;
import lanyard.platform.db.Tx;

/// A lane of a hot path, whose statement carries the move of the writer's slot: a batch of one message is one
/// statement.
public interface CarryingLane<I> extends Lane<I> {
    /// As [Lane#write(Tx, List)], with `advance` as a part of the statement, bound and checked.
    void write(Tx tx, Advance advance, List<I> items);

    @Override
    default void write(Tx tx, List<I> items) {
        write(tx, Advance.MADE, items);
    }
}
