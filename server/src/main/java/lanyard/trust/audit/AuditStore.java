package lanyard.trust.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lanyard.platform.db.Tx;
import org.jdbi.v3.core.result.RowView;

/// Tables `audit_leaf`, `audit_checkpoint` and `audit_words`.
final class AuditStore {
    static final int PAGE = 1_000;

    /// The last leaf of a slot.
    record Tip(long index, long ts) {}

    /// A slot whose last leaves no checkpoint covers yet.
    record Unsigned(int slot, long size, CompactRange signed) {}

    record Hashed(long index, byte[] hash) {}

    /// A checkpoint as kept.
    record Kept(long seq, int slot, long size, String note) {}

    void append(Tx tx, Leaf leaf) {
        tx.update("""
                insert into audit_leaf (slot, leaf_index, ts, sealed, leaf_hash)
                values (:slot, :index, :ts, :sealed, :hash)
                """)
                .bind("slot", leaf.place().slot())
                .bind("index", leaf.place().index())
                .bind("ts", leaf.ts())
                .bind("sealed", leaf.sealed())
                .bind("hash", leaf.hash())
                .execute();
    }

    /// False when there was nothing to erase.
    boolean erase(Tx tx, Leaf.Place place) {
        return tx.update("""
                update audit_leaf set sealed = null
                where slot = :slot and leaf_index = :index and sealed is not null
                """)
                        .bind("slot", place.slot())
                        .bind("index", place.index())
                        .execute()
                == 1;
    }

    void eraseAt(Tx tx, Leaf.Place place, Instant at) {
        tx.update("insert into audit_words (slot, leaf_index, erase_at) values (:slot, :index, :at)")
                .bind("slot", place.slot())
                .bind("index", place.index())
                .bind("at", at)
                .execute();
    }

    /// Takes up to a page of those whose time has come off the list.
    List<Leaf.Place> takeDue(Tx tx, Instant now) {
        return tx.query("""
                delete from audit_words where (slot, leaf_index) in (
                    select slot, leaf_index from audit_words where erase_at <= :now order by erase_at limit :page)
                returning slot, leaf_index
                """)
                .bind("now", now)
                .bind("page", PAGE)
                .map(row ->
                        new Leaf.Place(row.getColumn("slot", Integer.class), row.getColumn("leaf_index", Long.class)))
                .list();
    }

    Optional<Tip> tip(Tx tx, int slot) {
        return tx.query("""
                select leaf_index, ts from audit_leaf where slot = :slot order by leaf_index desc limit 1
                """)
                .bind("slot", slot)
                .map((RowView row) -> new Tip(row.getColumn("leaf_index", Long.class), row.getColumn("ts", Long.class)))
                .findOne();
    }

    List<Unsigned> unsigned(Tx tx) {
        return tx.query("""
                select s.slot, l.size, coalesce(c.size, 0) as signed, coalesce(c.frontier, ''::bytea) as frontier
                from generate_series(0, 15) s (slot)
                cross join lateral (
                    select leaf_index + 1 as size from audit_leaf
                    where slot = s.slot order by leaf_index desc limit 1) l
                left join lateral (
                    select size, frontier from audit_checkpoint
                    where slot = s.slot order by size desc limit 1) c on true
                where l.size > coalesce(c.size, 0)
                order by s.slot
                """)
                .map((RowView row) -> new Unsigned(
                        row.getColumn("slot", Integer.class),
                        row.getColumn("size", Long.class),
                        CompactRange.of(row.getColumn("signed", Long.class), row.getColumn("frontier", byte[].class))))
                .list();
    }

    /// The hashes of a slot's leaves from `from` on, at most a page of them.
    List<Hashed> hashes(Tx tx, int slot, long from, long to) {
        return tx.query("""
                select leaf_index, leaf_hash from audit_leaf
                where slot = :slot and leaf_index >= :from and leaf_index < :to
                order by leaf_index limit :page
                """)
                .bind("slot", slot)
                .bind("from", from)
                .bind("to", to)
                .bind("page", PAGE)
                .map((RowView row) ->
                        new Hashed(row.getColumn("leaf_index", Long.class), row.getColumn("leaf_hash", byte[].class)))
                .list();
    }

    /// A place in the order of time.
    record Spot(long ts, int slot, long index) {}

    /// Leaves from `from` on and before a spot, newest first, at most a page of them.
    List<Leaf> newest(Tx tx, long from, Spot before) {
        return tx.query("""
                select slot, leaf_index, ts, sealed, leaf_hash from audit_leaf
                where ts >= :from and (ts, slot, leaf_index) < (:ts, :slot, :index)
                order by ts desc, slot desc, leaf_index desc limit :page
                """)
                .bind("from", from)
                .bind("ts", before.ts())
                .bind("slot", before.slot())
                .bind("index", before.index())
                .bind("page", PAGE)
                .map(AuditStore::read)
                .list();
    }

    Optional<Leaf> leaf(Tx tx, Leaf.Place place) {
        return tx.query("""
                select slot, leaf_index, ts, sealed, leaf_hash from audit_leaf
                where slot = :slot and leaf_index = :index
                """)
                .bind("slot", place.slot())
                .bind("index", place.index())
                .map(AuditStore::read)
                .findOne();
    }

    private static Leaf read(RowView row) {
        return new Leaf(
                new Leaf.Place(row.getColumn("slot", Integer.class), row.getColumn("leaf_index", Long.class)),
                row.getColumn("ts", Long.class),
                row.getColumn("sealed", byte[].class),
                row.getColumn("leaf_hash", byte[].class));
    }

    Optional<Kept> newestCheckpoint(Tx tx, int slot) {
        return tx.query("""
                select seq, slot, size, note from audit_checkpoint
                where slot = :slot order by size desc, seq desc limit 1
                """).bind("slot", slot).map(AuditStore::kept).findOne();
    }

    Optional<Kept> checkpointAt(Tx tx, int slot, long size) {
        return tx.query("""
                select seq, slot, size, note from audit_checkpoint
                where slot = :slot and size = :size order by seq limit 1
                """)
                .bind("slot", slot)
                .bind("size", size)
                .map(AuditStore::kept)
                .findOne();
    }

    List<Kept> newestOfEachSlot(Tx tx) {
        return tx.query("""
                select distinct on (slot) seq, slot, size, note from audit_checkpoint
                order by slot, size desc, seq desc
                """).map(AuditStore::kept).list();
    }

    Optional<Kept> lastCheckpoint(Tx tx) {
        return tx.query("select seq, slot, size, note from audit_checkpoint order by seq desc limit 1")
                .map(AuditStore::kept)
                .findOne();
    }

    void addCheckpoint(Tx tx, Kept checkpoint, byte[] frontier) {
        tx.update("""
                insert into audit_checkpoint (seq, slot, size, frontier, note)
                values (:seq, :slot, :size, :frontier, :note)
                """)
                .bind("seq", checkpoint.seq())
                .bind("slot", checkpoint.slot())
                .bind("size", checkpoint.size())
                .bind("frontier", frontier)
                .bind("note", checkpoint.note())
                .execute();
    }

    /// Streams a slot's leaves in order; close it.
    Stream<Leaf> leaves(Tx tx, int slot) {
        return tx
                .query("""
                select leaf_index, ts, sealed, leaf_hash from audit_leaf where slot = :slot order by leaf_index
                """)
                .bind("slot", slot)
                .setFetchSize(PAGE)
                .map((RowView row) -> new Leaf(
                        new Leaf.Place(slot, row.getColumn("leaf_index", Long.class)),
                        row.getColumn("ts", Long.class),
                        row.getColumn("sealed", byte[].class),
                        row.getColumn("leaf_hash", byte[].class)))
                .stream();
    }

    /// Streams all checkpoints in the order in which they were signed; close it.
    Stream<Kept> checkpoints(Tx tx) {
        return tx
                .query("select seq, slot, size, note from audit_checkpoint order by seq")
                .setFetchSize(PAGE)
                .map(AuditStore::kept)
                .stream();
    }

    /// Streams a slot's checkpoints by size; close it.
    Stream<Kept> checkpoints(Tx tx, int slot) {
        return tx.query("""
                select seq, slot, size, note from audit_checkpoint where slot = :slot order by size, seq
                """).bind("slot", slot).setFetchSize(PAGE).map(AuditStore::kept).stream();
    }

    private static Kept kept(RowView row) {
        return new Kept(
                row.getColumn("seq", Long.class),
                row.getColumn("slot", Integer.class),
                row.getColumn("size", Long.class),
                row.getColumn("note", String.class));
    }
}
