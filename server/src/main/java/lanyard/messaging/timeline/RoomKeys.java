package lanyard.messaging.timeline;

import java.time.YearMonth;
import java.util.List;
import lanyard.platform.db.Tx;
import lanyard.platform.sealing.DestroyedKeyException;
import lanyard.standards.matrix.RoomId;

/// The keys that seal what was said in a room in one month: for `governance.retention`, which destroys them.
///
/// What could go wrong, for ever: a key is destroyed that a message, a room's state or a stub still needs. The
/// principles: state and stubs are sealed by the room's lasting key, and what of them an earlier version sealed by a
/// month's key is sealed anew ([#reseal]), row by row, of rows that nobody has in hand; whether any row needs a key is
/// asked of the rows themselves ([#look], [#mayBeUsedSince]), not of a time or a note; and this class decides nothing.
public final class RoomKeys {
    static final int MOST_SINCE = 1_000;

    private final Timeline timeline;
    private final RoomKeyStore store = new RoomKeyStore();

    public RoomKeys(Timeline timeline) {
        this.timeline = timeline;
    }

    /// In which months those events of the room were sealed; one more where that was about midnight.
    public List<YearMonth> listMonths(Tx tx, RoomId room, long[] seqs) {
        return store.listMonths(tx, room, seqs);
    }

    /// Whether something said is left that the month's key opens.
    public boolean isSaid(Tx tx, RoomState room, YearMonth month) {
        return store.isSaid(tx, room.head().nid(), month);
    }

    /// What one look at every event of a room found: whether one needs the key, and how far it looked.
    public record Look(boolean used, long upTo) {}

    /// Takes as long as the room is large: to be asked beside every lock, and followed by [#mayBeUsedSince] under it.
    public Look look(Tx tx, RoomState room, YearMonth month) {
        var nid = room.head().nid();
        var upTo = store.newest(tx, nid);
        return new Look(store.isUsed(tx, nid, month), upTo);
    }

    /// Whether an event that a look did not see yet may need the key. A room's events are seen in their order, and a
    /// body that is stored is only ever replaced by one under the lasting key: so only those that came since are
    /// asked, and of them [#MOST_SINCE]; with more than that the answer is that it may.
    public boolean mayBeUsedSince(Tx tx, RoomState room, YearMonth month, Look look) {
        return store.mayBeUsed(tx, new RoomKeyStore.Stretch(room.head().nid(), month, look.upTo(), MOST_SINCE));
    }

    /// Before [#reseal], and not within a transaction.
    public void prepare(RoomState room) {
        timeline.bodies().prepareLasting(room.head().nid());
    }

    /// Seals up to `most` of what must stay, after the `after`th event of the room, by the lasting key. Answers
    /// the last one it came to, `after` itself when there was none.
    public long reseal(Tx tx, RoomState room, YearMonth month, long after, int most) {
        var nid = room.head().nid();
        var rows = store.listStaying(tx, new RoomKeyStore.Stretch(nid, month, after, most));
        if (rows.isEmpty()) {
            return after;
        }
        var series = timeline.bodies().inSeries(nid);
        var bodies =
                rows.stream().map(row -> series.lasting(row.id(), row.body())).toArray(byte[][]::new);
        store.reseal(tx, nid, rows.stream().mapToLong(RoomKeyStore.Row::seq).toArray(), bodies);
        return rows.getLast().seq();
    }

    public boolean isDestroyed(RoomState room, YearMonth month) {
        try {
            var _ = timeline.parts()
                    .keys()
                    .find(EventBodies.monthKey(room.head().nid(), month));
            return false;
        } catch (DestroyedKeyException e) {
            return true;
        }
    }

    /// The point of no return.
    public void destroy(RoomState room, YearMonth month, String why) {
        timeline.parts().keys().destroy(EventBodies.monthKey(room.head().nid(), month), why);
    }
}
