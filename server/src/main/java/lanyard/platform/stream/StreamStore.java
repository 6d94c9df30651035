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

    /// Moves a slot that is still ours. See [Advance].
    static final String ADVANCE = """
            update writer_slot set position = :writerAfter
            where slot = :writerSlot and epoch = :writerEpoch and position = :writerBefore
            returning 1""";

    void advance(Tx tx, Advance advance) {
        advance.check(tx.query("with " + advance.clause() + " select count(*) from advanced")
                .bindMap(advance.values())
                .mapTo(Integer.class)
                .one());
    }

    long position(Tx tx, Slot slot) {
        return tx.query("select position from writer_slot where slot = :slot for update")
                .bind("slot", slot.number())
                .mapTo(Long.class)
                .one();
    }
}
