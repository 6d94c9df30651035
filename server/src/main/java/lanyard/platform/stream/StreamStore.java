package lanyard.platform.stream;

import lanyard.platform.db.Tx;

/// Owns `writer_slot` and `database_incarnation`.
final class StreamStore {
    Slot acquire(Tx tx, String node) {
        return tx.query("""
                        update writer_slot set holder = :node, epoch = epoch + 1
                        where slot = (
                            select slot from writer_slot
                            order by holder is not distinct from :node desc, holder is null desc, slot
                            limit 1 for update)
                        returning slot, epoch
                        """)
                .bind("node", node)
                .map(row -> new Slot(row.getColumn("slot", Integer.class), row.getColumn("epoch", Long.class)))
                .one();
    }

    SyncToken positions(Tx tx) {
        var incarnation = tx.query("select incarnation from database_incarnation")
                .mapTo(String.class)
                .one();
        return tx
                .query("select slot, position from writer_slot where position > 0")
                .map(row -> new Position(row.getColumn("slot", Integer.class), row.getColumn("position", Long.class)))
                .stream()
                .reduce(SyncToken.start(incarnation), SyncToken::with, (left, right) -> right);
    }

    /// Errors: `FencedException` when the epoch is no longer ours.
    void advance(Tx tx, Slot slot, long before, long after) {
        var moved = tx.update("""
                        update writer_slot set position = :after
                        where slot = :slot and epoch = :epoch and position = :before
                        """)
                .bind("after", after)
                .bind("slot", slot.number())
                .bind("epoch", slot.epoch())
                .bind("before", before)
                .execute();
        if (moved == 0) {
            throw new FencedException();
        }
    }

    long position(Tx tx, Slot slot) {
        return tx.query("select position from writer_slot where slot = :slot for update")
                .bind("slot", slot.number())
                .mapTo(Long.class)
                .one();
    }
}
