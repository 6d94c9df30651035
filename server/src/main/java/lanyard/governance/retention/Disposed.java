package lanyard.governance.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.CrashPoint;
import lanyard.platform.db.Tx;
import lanyard.standards.matrix.RoomId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the list of what went outside the database, and carries it out again on a database that is older.
///
/// What could go wrong: a restored backup brings back what was destroyed, or the list destroys what never was; nobody
/// can say any more by what right something went. The principles: only what a transaction has destroyed and committed
/// is ever listed, by its place in its room, and with it what the disposal's certificate says; every start first lists
/// what a crash left unlisted, then makes the disposals again that the database does not know, and then destroys what
/// it has still, before anybody is served. What is open in a restored database waits the policy's days once more, so
/// that holds placed since the backup can be placed again.
final class Disposed {
    private static final Logger LOG = LoggerFactory.getLogger(Disposed.class);
    private static final int MOST_AT_ONCE = 500;

    private final RetentionGround ground;
    private final Expiring expiring;
    private final GoneList list;
    private final KeyExpiry keys;
    private final MadeAgain madeAgain;
    private final OrderStore orders = new OrderStore();
    private final DisposalStore lines = new DisposalStore();

    Disposed(RetentionGround ground, Timeline timeline, KeyExpiry keys, Schedule schedule) {
        this.ground = ground;
        this.madeAgain = new MadeAgain(ground, schedule);
        this.keys = keys;
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
            var facts = ground.database().read(tx -> madeAgain.listUnlisted(tx, MOST_AT_ONCE));
            if (steps.isEmpty() && facts.isEmpty()) {
                return;
            }
            // A step's commit was not waited for: whatever the writer commits now takes it to the disk first.
            ground.writer().write(commit -> steps);
            list.append(steps, facts.lines());
            CrashPoint.at("retention.listed");
            ground.database().write(tx -> {
                byRoom(steps).forEach((room, seqs) -> keys.wentFrom(tx, room, seqs));
                orders.listed(tx, steps);
                madeAgain.listed(tx, facts);
                return steps;
            });
        }
    }

    private static Map<RoomId, long[]> byRoom(List<OrderStore.Step> steps) {
        return steps.stream()
                .collect(Collectors.groupingBy(
                        OrderStore.Step::room,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                some -> some.stream()
                                        .flatMapToLong(step -> Arrays.stream(step.seqs()))
                                        .toArray())));
    }

    /// Before anybody is served. Answers how many messages a restored backup had brought back.
    long destroyAgain() {
        writeDown();
        var listed = list.list();
        var lost = unknown(listed.steps());
        var counted = madeAgain.carryOut(listed.facts(), !lost.isEmpty());
        var again = 0L;
        for (var step : lost) {
            var gone = ground.database().write(tx -> destroyAgain(tx, step, counted));
            if (gone > 0) {
                expiring.forget(step.room());
            }
            again += gone;
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
        // As they were taken, so that their lines get the numbers that they had.
        unknown.sort(Comparator.comparingLong(OrderStore.Step::ts).thenComparingLong(step -> step.seqs()[0]));
        return unknown;
    }

    private long destroyAgain(Tx tx, OrderStore.Step step, MadeAgain.Counted counted) {
        var gone = expiring.destroyAgain(tx, step.room(), step.seqs());
        var authority = madeAgain
                .authority(tx, step.order())
                .orElse(new DisposalStore.Authority(step.order(), "disposed-before", "a restored backup had it still"));
        var before = counted.before(step.order());
        lines.insertAll(
                tx, new DisposalStore.Expired(step.room(), gone, before), authority, Instant.ofEpochMilli(step.ts()));
        madeAgain.further(tx, step, gone);
        counted.add(step.order(), gone.size());
        keys.wentFrom(tx, step.room(), step.seqs());
        orders.addStep(tx, step, true);
        return gone.size();
    }
}
