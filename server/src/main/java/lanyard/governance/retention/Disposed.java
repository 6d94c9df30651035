package lanyard.governance.retention;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the list of what went outside the database, and carries it out again on a database that is older.
///
/// What could go wrong: a restored backup brings back what was destroyed, or the list destroys what never was. The
/// principles: only what a transaction has destroyed and committed is ever listed, by its place in its room; every
/// start first lists what a crash left unlisted and then destroys what the database does not know of, before anybody
/// is served.
final class Disposed {
    private static final Logger LOG = LoggerFactory.getLogger(Disposed.class);
    private static final int MOST_AT_ONCE = 500;

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Expiring expiring;
    private final GoneList list;
    private final OrderStore orders = new OrderStore();
    private final DisposalStore lines = new DisposalStore();

    Disposed(RetentionGround ground, Timeline timeline) {
        this.ground = ground;
        this.timeline = timeline;
        this.expiring = new Expiring(timeline);
        this.list = new GoneList(ground.lists());
    }

    /// Notes, in the transaction that destroys, what it destroyed.
    void note(Tx tx, String order, RoomId room, List<Long> seqs) {
        if (!seqs.isEmpty()) {
            var places = seqs.stream().mapToLong(Long::longValue).toArray();
            orders.addStep(
                    tx,
                    new OrderStore.Step(
                            newId(), order, room, places, ground.clock().millis()),
                    false);
        }
    }

    String newId() {
        var bytes = new byte[12];
        ground.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Writes down what went since the last time.
    void writeDown() {
        while (true) {
            var steps = ground.database().read(tx -> orders.listUnlisted(tx, MOST_AT_ONCE));
            if (steps.isEmpty()) {
                return;
            }
            // A step's commit was not waited for: whatever the writer commits now takes it to the disk first.
            ground.writer().write(commit -> steps);
            list.append(steps);
            ground.database().write(tx -> {
                orders.listed(tx, steps);
                return steps;
            });
        }
    }

    /// Before anybody is served. Answers how many messages a restored backup had brought back.
    long destroyAgain() {
        writeDown();
        var again = 0L;
        for (var step : unknown(list.list())) {
            var room = timeline.findRoom(step.room());
            if (room.isPresent()) {
                expiring.prepare(room.get());
                again += ground.database().write(tx -> destroyAgain(tx, step));
                expiring.forget(step.room());
            }
        }
        if (again > 0) {
            LOG.warn("The database was older than the list of what was disposed of: {} messages went again.", again);
        }
        return again;
    }

    private List<OrderStore.Step> unknown(List<OrderStore.Step> listed) {
        var unknown = new ArrayList<OrderStore.Step>();
        for (var from = 0; from < listed.size(); from += MOST_AT_ONCE) {
            var some = listed.subList(from, Math.min(from + MOST_AT_ONCE, listed.size()));
            var known = ground.database().read(tx -> orders.known(tx, some));
            some.stream().filter(step -> !known.contains(step.id())).forEach(unknown::add);
        }
        return unknown;
    }

    private long destroyAgain(Tx tx, OrderStore.Step step) {
        var gone = expiring.destroyAgain(tx, timeline.getRoom(step.room()), step.seqs());
        var authority = new DisposalStore.Authority(step.order(), "disposed-before", "a restored backup had it still");
        lines.insertAll(tx, step.room(), gone, authority, ground.clock().instant());
        orders.addStep(tx, step, true);
        return gone.size();
    }
}
