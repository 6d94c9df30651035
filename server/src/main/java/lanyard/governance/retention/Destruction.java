package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lanyard.messaging.room.RoomKind;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.RoomState;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.CrashPoint;
import lanyard.platform.db.Tx;
import lanyard.platform.jobs.Turns;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.RoomId;
import lanyard.trust.audit.AuditEntry;

/// Destroys what was marked, once the time to call it off is over: the point of no return.
///
/// What could go wrong, all of it for ever: something goes that a hold, a request for information or the record needs;
/// a crash leaves it unknown what went; senders wait while it works. The principles: nothing is destroyed on what was
/// true when it was marked. Each step is one transaction, which keeps holds out, asks every question again, destroys a
/// bounded number of messages, and writes a line for each, the events it took and how far it got, or does none of it;
/// so a crash leaves an order that the next run carries on. The steps run beside the writer and wait for nobody who
/// waits for the writer: holds first, the order next, and of the messages only those that nobody has in hand. How many
/// messages a step takes, and how long it rests, is for [Pace] to say; a step does not wait for the disk, and what it
/// did is listed as gone only once it is there. What must be counted is counted beside the writer.
final class Destruction {
    private static final Duration RUN = Duration.ofMinutes(2);
    /// Somebody who redacts a message that goes just now waits for the step, and the writer with them: for this, and
    /// for one rest more at the most.
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration MEMORY = Duration.ofMillis(250);
    private static final int ORDERS_A_RUN = 200;
    private static final Duration REST = Duration.ofDays(1);
    private static final String ACTOR = "lanyard.retention";
    private static final String AUTHORITY = "retention";
    private static final String OVER = "retention has run out";
    private static final String LONGER = "the schedule keeps the rest for longer than when it was marked";

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Keeping keeping;
    private final Disposed disposed;
    private final Schedule schedule;
    private final Expiring expiring;
    private final DisposalStore lines = new DisposalStore();
    private final OrderStore orders = new OrderStore();
    private final Pace pace;
    private final RoomRetentionStore rooms = new RoomRetentionStore();

    Destruction(RetentionGround ground, Timeline timeline, Keeping keeping, Disposed disposed, Schedule schedule) {
        this.ground = ground;
        this.timeline = timeline;
        this.keeping = keeping;
        this.disposed = disposed;
        this.schedule = schedule;
        this.expiring = new Expiring(timeline);
        this.pace = new Pace(ground.writer());
    }

    /// Carries out what is due, as far as one run goes. Answers how many messages went. A conversation that cannot be
    /// disposed of keeps no other back; that it could not be is thrown when all have had their turn.
    long carryOut() {
        var now = ground.clock().instant();
        var until = System.nanoTime() + RUN.toNanos();
        var went = new AtomicLong();
        var turns = new Turns();
        for (var id : ground.database().read(tx -> orders.listDue(tx, now, ORDERS_A_RUN))) {
            if (System.nanoTime() > until) {
                break;
            }
            turns.take(() -> went.addAndGet(carryOut(id, now, until)));
        }
        turns.end();
        return went.get();
    }

    private long carryOut(String id, Instant now, long until) {
        var place = place(id);
        var went = 0L;
        if (place.isPresent()) {
            var room = place.get().room();
            expiring.prepare(room);
            try {
                went = steps(id, place.get(), now, until);
            } finally {
                forget(room.id());
            }
        }
        if (System.nanoTime() <= until) {
            finish(id, now);
        }
        return went;
    }

    private long steps(String id, Place place, Instant now, long until) {
        var went = 0L;
        var forgot = System.nanoTime();
        while (System.nanoTime() <= until) {
            pace.rest();
            var began = System.nanoTime();
            var more = ground.database().write(tx -> step(tx, id, place, new Bounds(now, Integer.MAX_VALUE)));
            if (more == 0) {
                break;
            }
            CrashPoint.at("retention.destroyed");
            went += more;
            if (began - forgot > MEMORY.toNanos()) {
                forget(place.room().id());
                forgot = System.nanoTime();
            }
        }
        return went;
    }

    private void forget(RoomId room) {
        expiring.forget(room);
    }

    /// A room, and which kind it is: that never changes.
    private record Place(RoomState room, String kind) {}

    private Optional<Place> place(String id) {
        record Found(RoomId room, String kind) {}
        return ground.database()
                .read(tx -> orders.find(tx, id).map(order -> new Found(order.room(), kind(tx, order.room()))))
                .flatMap(found -> timeline.findRoom(found.room()).map(room -> new Place(room, found.kind())));
    }

    /// When it is, and how many messages a step may take.
    record Bounds(Instant now, int most) {}

    /// One step alone. How many messages went; none when nothing more may go.
    int step(String id, Bounds bounds) {
        var place = place(id);
        if (place.isEmpty()) {
            return 0;
        }
        var room = place.get().room();
        expiring.prepare(room);
        var went = ground.database().write(tx -> step(tx, id, place.get(), bounds));
        forget(room.id());
        return went;
    }

    private int step(Tx tx, String id, Place place, Bounds bounds) {
        var now = bounds.now();
        var room = place.room();
        tx.lazily();
        var stays = keeping.ask(tx, room.id());
        var order = orders.lock(tx, id)
                .filter(Order::isOpen)
                .filter(open -> !open.destroyFrom().isAfter(now));
        if (order.isEmpty()) {
            return 0;
        }
        var upTo = hasRunOut(order.get(), place.kind(), now);
        var went = fewByFew(tx, room, stays.wish(upTo, order.get().atSeq(), bounds.most()));
        if (went.gone().isEmpty()) {
            return 0;
        }
        var authority = authority(order.get());
        var tally = order.get().tally();
        lines.insertAll(tx, new DisposalStore.Expired(room.id(), went.gone(), tally.messages()), authority, now);
        disposed.note(
                tx, id, room.id(), went.gone().stream().map(Expiring.Gone::seq).toList());
        for (var gone : went.gone()) {
            tally = tally.with(gone.id(), gone.sha256(), gone.timestamp());
        }
        orders.advance(tx, order.get().further(tally, went.upTo()));
        return went.gone().size();
    }

    /// What was said until then may go: no more than was marked, and no more than the schedule in force now lets go.
    /// Where a schedule was shortened by mistake, putting it back puts that right.
    private Instant hasRunOut(Order order, String kind, Instant now) {
        var cutoff = schedule.cutoff(order.organization(), kind, now);
        return cutoff.isBefore(order.upTo()) ? cutoff : order.upTo();
    }

    /// A room of unknown kind is clinical (ADR 19).
    private String kind(Tx tx, RoomId room) {
        return rooms.find(tx, room).map(RoomRetentionStore.Known::kind).orElse(RoomKind.CLINICAL.word());
    }

    /// What a step takes: what must stay was asked once, and then a few messages go at a time.
    private Expiring.Went fewByFew(Tx tx, RoomState room, Expiring.Wish wish) {
        var gone = new ArrayList<Expiring.Gone>();
        var until = System.nanoTime() + STEP.toNanos();
        var left = wish;
        while (left.most() > 0) {
            var began = System.nanoTime();
            var went = expiring.destroy(tx, room, left.atMost(Math.min(pace.messages(), left.most())));
            var number = went.gone().size();
            if (number == 0) {
                break;
            }
            gone.addAll(went.gone());
            left = left.after(went.upTo()).atMost(Math.max(0, left.most() - number));
            var ended = System.nanoTime();
            pace.took(number, ended - began);
            if (ended > until) {
                break;
            }
            pace.rest();
        }
        return new Expiring.Went(gone, left.after());
    }

    /// By what right an order's messages go.
    static DisposalStore.Authority authority(Order order) {
        return new DisposalStore.Authority(order.id(), AUTHORITY, "policy version " + order.policyVersion());
    }

    private record Counted(Expiring.Left left, long awaited, Instant oldest) {}

    private Counted counted(Order order, RoomState room, Instant now) {
        return ground.database().write(tx -> {
            var stays = keeping.ask(tx, order.room());
            return new Counted(
                    expiring.countLeft(tx, room, order.upTo(), stays.spans()),
                    expiring.countAmong(tx, room, order.upTo(), stays.awaited()),
                    expiring.oldest(tx, room).orElse(now));
        });
    }

    private void finish(String id, Instant now) {
        var found = ground.database().read(tx -> orders.find(tx, id)).orElseThrow();
        var counted = counted(found, timeline.getRoom(found.room()), now);
        ground.writer().write(commit -> finish(commit, found, counted, now));
    }

    /// False when it was finished, called off or carried on meanwhile.
    private boolean finish(Commit commit, Order found, Counted counted, Instant now) {
        var tx = commit.tx();
        var order = orders.lock(tx, found.id()).orElseThrow();
        if (!order.isOpen() || order.atSeq() != found.atSeq()) {
            return false;
        }
        var longer = hasRunOut(order, kind(tx, order.room()), now).isBefore(order.upTo());
        var state = longer && order.events() == 0 ? Order.State.CALLED_OFF : Order.State.DESTROYED;
        var kept = new Order.Kept(counted.left().kept(), counted.awaited());
        var ended = order.ended(state, kept, ACTOR, now, longer ? LONGER : OVER);
        orders.advance(tx, ended);
        rooms.lookedAt(tx, order.room(), counted.oldest(), now.plus(REST));
        rooms.untransferred(tx, order.room(), counted.awaited());
        var details = Json.object()
                .put("order", order.id())
                .put("events", ended.events())
                .put("kept_held", counted.left().kept())
                .put("kept_awaited", counted.awaited())
                .put("lines_sha256", HexFormat.of().formatHex(ended.chain()))
                .put("policy_version", order.policyVersion());
        var leaf =
                new AuditEntry("disposal." + state.word(), ACTOR, order.room().value(), longer ? LONGER : "", details);
        orders.proved(tx, order.id(), OrderStore.Leaf.of(ground.audit(), commit, leaf));
        return true;
    }
}
