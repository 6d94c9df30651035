package lanyard.governance.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.jobs.Turns;
import lanyard.platform.json.Json;
import lanyard.platform.stream.Commit;
import lanyard.standards.matrix.ErrorCode;
import lanyard.standards.matrix.MatrixException;
import lanyard.standards.matrix.RoomId;
import lanyard.standards.matrix.UserId;
import lanyard.trust.audit.AuditEntry;
import lanyard.trust.identity.Organizations;

/// Marks what retention has run out of for disposal. Nothing goes yet.
///
/// What could go wrong: a schedule is shortened by mistake or malice and everything goes the same day. The principle:
/// between the mark and the destruction lies the time that the policy gives to call it off, whose floor nobody can
/// lower; mark and calling off are audited.
final class Marking {
    static final String TOO_LATE = "This disposal can no longer be called off: it has begun or has ended.";
    private static final Duration REST = Duration.ofDays(1);
    private static final Duration REST_AFTER_CALLING_OFF = Duration.ofDays(28);
    private static final String ACTOR = "lanyard.retention";

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Organizations organizations;
    private final Schedule schedule;
    private final Keeping keeping;
    private final RoomRetentionStore rooms = new RoomRetentionStore();
    private final OrderStore orders = new OrderStore();

    Marking(RetentionGround ground, Timeline timeline, Organizations all, Schedule schedule, Keeping keeping) {
        this.ground = ground;
        this.timeline = timeline;
        this.organizations = all;
        this.schedule = schedule;
        this.keeping = keeping;
    }

    /// A room that cannot be looked at keeps no other back; that it could not be is thrown at the end.
    void mark() {
        var now = ground.clock().instant();
        var turns = new Turns();
        for (var organization : organizations.list()) {
            for (var kind : Schedule.kinds()) {
                var cutoff = schedule.cutoff(organization.odsCode(), kind, now);
                ground.database()
                        .read(tx -> rooms.listDue(tx, organization.odsCode(), kind, cutoff, now))
                        .forEach(room -> turns.take(() -> look(room, cutoff, now)));
            }
        }
        turns.end();
    }

    /// What there is in a room is asked beside the writer: destruction asks again.
    private record Found(boolean anything, Instant oldest, long awaited) {}

    private void look(RoomId id, Instant cutoff, Instant now) {
        var room = timeline.getRoom(id);
        var expiring = new Expiring(timeline);
        var found = ground.database().write(tx -> {
            var stays = keeping.ask(tx, id);
            return new Found(
                    expiring.anything(tx, room, stays.wish(cutoff, 0, 1)),
                    expiring.oldest(tx, room).orElse(now),
                    expiring.countAmong(tx, room, cutoff, stays.awaited()));
        });
        ground.writer()
                .write(commit -> found.anything() ? mark(commit, id, cutoff, now) : rest(commit, id, found, now));
    }

    private RoomId rest(Commit commit, RoomId id, Found found, Instant now) {
        rooms.lookedAt(commit.tx(), id, found.oldest(), now.plus(REST));
        rooms.untransferred(commit.tx(), id, found.awaited());
        return id;
    }

    /// Answers the room: a deed answers something.
    private RoomId mark(Commit commit, RoomId id, Instant cutoff, Instant now) {
        var tx = commit.tx();
        var known = rooms.lock(tx, id).orElseThrow();
        if (orders.findOpen(tx, id).isPresent()) {
            return id;
        }
        var order = new Order(
                newId(),
                known.organization(),
                id,
                cutoff,
                schedule.version(known.organization()),
                now,
                now.plus(schedule.disposal(known.organization()).undo()),
                Order.State.MARKED,
                0,
                0,
                null,
                null,
                new byte[32],
                0,
                0,
                null,
                null,
                null);
        orders.mark(tx, order);
        // Until then there is nothing to find here, and others wait to be looked at.
        rooms.lookedAt(tx, id, known.oldest(), order.destroyFrom());
        var details = Json.object()
                .put("order", order.id())
                .put("said_until_ts", cutoff.toEpochMilli())
                .put("destroy_from_ts", order.destroyFrom().toEpochMilli())
                .put("policy_version", order.policyVersion());
        var leaf = new AuditEntry("disposal.marked", ACTOR, id.value(), "", details);
        orders.proved(tx, order.id(), OrderStore.Leaf.of(ground.audit(), commit, leaf));
        return id;
    }

    private String newId() {
        var bytes = new byte[12];
        ground.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Errors: `M_NOT_FOUND`; `M_BAD_STATE` once destruction has begun.
    Order callOff(Commit commit, String id, UserId by, String reason) {
        var order = orders.lock(commit.tx(), id).orElseThrow(Marking::notFound);
        if (order.state() != Order.State.MARKED) {
            throw new MatrixException(ErrorCode.M_BAD_STATE, TOO_LATE);
        }
        mustBeReason(reason);
        var now = ground.clock().instant();
        var ended = order.ended(Order.State.CALLED_OFF, Order.Kept.NOTHING, by.value(), now, reason);
        orders.advance(commit.tx(), ended);
        rooms.find(commit.tx(), order.room())
                .ifPresent(room ->
                        rooms.lookedAt(commit.tx(), room.room(), room.oldest(), now.plus(REST_AFTER_CALLING_OFF)));
        var details = Json.object().put("order", id);
        var leaf =
                new AuditEntry("disposal.called_off", by.value(), order.room().value(), reason, details);
        orders.proved(commit.tx(), id, OrderStore.Leaf.of(ground.audit(), commit, leaf));
        return ended;
    }

    static void mustBeReason(String reason) {
        if (reason.isBlank() || reason.length() > 1_000) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "Say why it is called off, in at most 1000 characters.");
        }
    }

    static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such disposal.");
    }
}
