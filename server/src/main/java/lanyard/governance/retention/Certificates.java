package lanyard.governance.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lanyard.governance.custodian.Forgetting;
import lanyard.messaging.room.Rooms;
import lanyard.messaging.timeline.Expiring;
import lanyard.messaging.timeline.Timeline;
import lanyard.platform.json.Json;
import lanyard.trust.identity.Devices;
import tools.jackson.databind.node.ObjectNode;

/// The disposal certificate: what went, when, by what authority, how that is proved, and separately what is true of
/// every place where a copy may be.
///
/// What could go wrong: we say that something is gone which is not. The principle: each place is named by itself with
/// what we know of it; what we do not know is said to be unknown.
final class Certificates {
    private static final int MOST_PHONES = 1_000;

    private final RetentionGround ground;
    private final Timeline timeline;
    private final Rooms rooms;
    private final Devices devices;
    private final Schedule schedule;
    private final Forgetting custodian;
    private final RoomMonthStore months = new RoomMonthStore();

    Certificates(
            RetentionGround ground,
            Retention.Conversations conversations,
            Devices devices,
            Schedule schedule,
            Forgetting custodian) {
        this.custodian = custodian;
        this.ground = ground;
        this.timeline = conversations.timeline();
        this.rooms = conversations.rooms();
        this.devices = devices;
        this.schedule = schedule;
    }

    /// An order as a list shows it.
    ObjectNode line(Order order) {
        var line = Json.object()
                .put("order_id", order.id())
                .put("room_id", order.room().value())
                .put("state", order.state().word())
                .put("said_until_ts", order.upTo().toEpochMilli())
                .put("marked_ts", order.marked().toEpochMilli())
                .put("destroy_from_ts", order.destroyFrom().toEpochMilli())
                .put("messages", order.events());
        rooms.find(order.room()).ifPresent(room -> line.put("kind", room.kind().word()));
        Optional.ofNullable(order.endedTs()).ifPresent(ts -> line.put("ended_ts", ts));
        Optional.ofNullable(order.endedBy()).ifPresent(by -> line.put("ended_by", by));
        Optional.ofNullable(order.reason()).ifPresent(reason -> line.put("reason", reason));
        return line;
    }

    ObjectNode certificate(Order order) {
        var certificate = line(order);
        Optional.ofNullable(order.firstTs()).ifPresent(ts -> certificate.put("first_said_ts", ts));
        Optional.ofNullable(order.lastTs()).ifPresent(ts -> certificate.put("last_said_ts", ts));
        certificate.putObject("authority").put("kind", "retention").put("policy_version", order.policyVersion());
        certificate
                .putObject("proof")
                .put("audit_action", audited(order))
                .put("audit_subject", order.room().value())
                .put("order_id", order.id())
                .put("lines_sha256", HexFormat.of().formatHex(order.chain()));
        certificate.putObject("kept").put("by_holds", order.keptHeld()).put("until_recorded", order.keptAwaited());
        if (order.state() == Order.State.DESTROYED) {
            places(certificate, order);
        }
        return certificate;
    }

    /// Whether the custodian's mail of every month of which something went is gone.
    private boolean custodianForgot(Order order) {
        if (order.firstTs() == null || order.lastTs() == null) {
            return false;
        }
        var forgotten = custodian.listForgotten(order.organization());
        var last = month(order.lastTs());
        for (var month = month(order.firstTs()); !month.isAfter(last); month = month.plusMonths(1)) {
            if (!forgotten.contains(month)) {
                return false;
            }
        }
        return true;
    }

    /// Whose keys sealed what went.
    private List<RoomMonth> months(Order order) {
        if (order.firstTs() == null || order.lastTs() == null) {
            return List.of();
        }
        var from = month(order.firstTs());
        var to = month(order.lastTs());
        return ground.database().read(tx -> months.list(tx, order.room(), from, to));
    }

    private void month(ObjectNode shown, Order order, RoomMonth month) {
        var now = ground.clock().instant();
        var today = new RoomMonth.Today(now, ground.database().read(months::countDays));
        var due = month.due(schedule.backups(order.organization()), today);
        shown.put("month", month.month().toString())
                .put("gone", month.destroyed().isPresent());
        shown.put("held", month.held());
        month.destroyed().ifPresent(at -> shown.put("since_ts", at.toEpochMilli()));
        due.filter(at -> month.destroyed().isEmpty()).ifPresent(at -> shown.put("from_ts", at.toEpochMilli()));
    }

    private static YearMonth month(long ts) {
        return YearMonth.from(Instant.ofEpochMilli(ts).atZone(ZoneOffset.UTC));
    }

    private static String audited(Order order) {
        return switch (order.state()) {
            case MARKED, DESTROYING -> "disposal.marked";
            case DESTROYED -> "disposal.destroyed";
            case CALLED_OFF -> "disposal.called_off";
        };
    }

    private void places(ObjectNode certificate, Order order) {
        var ended = Instant.ofEpochMilli(Objects.requireNonNull(order.endedTs()));
        var swept = ground.database().read(new Expiring(timeline)::vacuumed);
        var places = certificate.putObject("places");
        places.putObject("table").put("gone", true).put("since_ts", ended.toEpochMilli());
        var rows = places.putObject("dead_rows");
        rows.put("gone", swept.filter(at -> at.isAfter(ended)).isPresent());
        swept.ifPresent(at -> rows.put("swept_ts", at.toEpochMilli()));
        places.putObject("write_ahead_log").put("gone", "unknown");
        var until = schedule.backups(order.organization()).goneOf(ended);
        places.putObject("backups")
                .put("gone", !until.isAfter(ground.clock().instant()))
                .put("until_ts", until.toEpochMilli())
                .put("carried_out_again_on_restore", true);
        var keys = places.putObject("keys")
                .put("shared_because_of_a_hold", order.keptHeld() > 0)
                .put("custodian_forgot", custodianForgot(order));
        months(order).forEach(month -> month(keys.withArray("months").addObject(), order, month));
        var phones = places.putArray("phones");
        timeline.findRoom(order.room())
                .ifPresent(room -> rooms.people(room).stream()
                        .flatMap(user -> devices.list(user).stream())
                        .limit(MOST_PHONES)
                        .forEach(device -> phones.addObject()
                                .put("user_id", device.user().value())
                                .put("device_id", device.id().value())
                                .put("last_seen_ts", device.lastSeenAt().toEpochMilli())
                                .put("seen_since", device.lastSeenAt().isAfter(ended))));
    }
}
