package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.db.Tx;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.trust.audit.AuditEntry;

/// Destroys what was marked, once the time to call it off is over: the point of no return.
///
/// What could go wrong, all of it for ever: something goes that a hold, a request for information or the record needs;
/// a crash leaves it unknown what went; senders wait while it works. The principles: nothing is destroyed on what was
/// true when it was marked. Each step is one transaction, which keeps holds out, asks every question again, destroys a
/// bounded number of messages, and writes a line for each, the events it took and how far it got, or does none of it;
/// so a crash leaves an order that the next run carries on. The steps run beside the writer and wait for nobody who
/// waits for the writer: holds first, the order next, and of the messages only those that nobody has in hand.
final class Destruction {
    static final int MESSAGES_A_STEP = 1_000;
    private static final int STEPS_A_RUN = 300;
    private static final int ORDERS_A_RUN = 200;
    private static final Duration REST = Duration.ofDays(1);
    private static final String ACTOR = "lanyard.retention";
    private static final String AUTHORITY = "retention";

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Keeping keeping;
    private final Disposed disposed;
    private final Expiring expiring;
    private final DisposalStore lines = new DisposalStore();
    private final OrderStore orders = new OrderStore();
    private final RoomRetentionStore rooms = new RoomRetentionStore();

    Destruction(RetentionGround ground, Timeline timeline, Keeping keeping, Disposed disposed) {
        this.ground = ground;
        this.timeline = timeline;
        this.keeping = keeping;
        this.disposed = disposed;
        this.expiring = new Expiring(timeline);
    }

    /// Carries out what is due, as far as one run goes. Answers how many messages went.
    long carryOut() {
        var now = ground.clock().instant();
        var due = ground.database().read(tx -> orders.listDue(tx, now, ORDERS_A_RUN));
        var went = 0L;
        var steps = 0;
        for (var id : due) {
            while (steps < STEPS_A_RUN) {
                var more = step(id, now);
                went += more;
                steps++;
                if (more == 0) {
                    ground.writer().write(commit -> finish(commit, id, now));
                    break;
                }
            }
        }
        return went;
    }

    /// How many messages went; none when nothing more may go.
    int step(String id, Instant now) {
        var room = ground.database().read(tx -> orders.find(tx, id)).flatMap(order -> timeline.findRoom(order.room()));
        if (room.isEmpty()) {
            return 0;
        }
        expiring.prepare(room.get());
        var went = ground.database().write(tx -> step(tx, id, room.get(), now));
        if (went > 0) {
            expiring.forget(room.get().id());
        }
        return went;
    }

    private int step(Tx tx, String id, RoomState room, Instant now) {
        var stays = keeping.ask(tx, room.id());
        var order = orders.lock(tx, id)
                .filter(Order::isOpen)
                .filter(open -> !open.destroyFrom().isAfter(now));
        if (order.isEmpty()) {
            return 0;
        }
        var wish = stays.wish(order.get().upTo(), order.get().atSeq(), MESSAGES_A_STEP);
        var went = expiring.destroy(tx, room, wish);
        if (went.gone().isEmpty()) {
            return 0;
        }
        var authority = new DisposalStore.Authority(
                id, AUTHORITY, "policy version " + order.get().policyVersion());
        lines.insertAll(tx, room.id(), went.gone(), authority, now);
        disposed.note(
                tx, id, room.id(), went.gone().stream().map(Expiring.Gone::seq).toList());
        orders.advance(tx, order.get().further(went));
        return went.gone().size();
    }

    /// False when it was finished or called off meanwhile.
    boolean finish(Commit commit, String id, Instant now) {
        var tx = commit.tx();
        var found = orders.find(tx, id).orElseThrow();
        var stays = keeping.ask(tx, found.room());
        var order = orders.lock(tx, id).orElseThrow();
        if (!order.isOpen()) {
            return false;
        }
        var room = timeline.getRoom(commit, order.room());
        var left = expiring.countLeft(tx, room, order.upTo(), stays.spans());
        var awaited = expiring.countAmong(tx, room, order.upTo(), stays.awaited());
        var ended = order.ended(
                Order.State.DESTROYED, new Order.Kept(left.kept(), awaited), ACTOR, now, "retention has run out");
        orders.advance(tx, ended);
        rooms.lookedAt(tx, order.room(), expiring.oldest(tx, room).orElse(now), now.plus(REST));
        rooms.untransferred(tx, order.room(), awaited);
        var details = Json.object()
                .put("order", id)
                .put("events", ended.events())
                .put("kept_held", left.kept())
                .put("kept_awaited", awaited)
                .put("lines_sha256", HexFormat.of().formatHex(ended.chain()))
                .put("policy_version", order.policyVersion());
        ground.audit()
                .record(
                        commit,
                        new AuditEntry("disposal.destroyed", ACTOR, order.room().value(), "", details));
        return true;
    }
}
